import { HTTPClientModule } from '../../src/nestjs/index';

/** The module as JavaScript sees it. */
const Module = HTTPClientModule as unknown as Record<string, (...given: unknown[]) => unknown>;

const factory = (): object => ({});

test.each<[method: string, given: object, got: string]>([
  ['forRoot', { isGlobal: 'no' }, "'no'"],
  ['forRootAsync', { isGlobal: null, useFactory: factory }, 'null'],
])('%s(%j): isGlobal is true or false', (method, given, got) => {
  expect(() => Module[method]?.(given)).toThrow(`${method}(): option \`isGlobal\` must be true or false, got ${got}`);
});

test.each<[method: string, given: object, message: string]>([
  ['forRoot', { logCalls: 'yes' }, 'forRoot(): option `logCalls` must be true, false or an object, got a string'],
  ['forRoot', { logCalls: null }, 'forRoot(): option `logCalls` must be true, false or an object, got null'],
  ['forRoot', { logCalls: { success: true } }, 'forRoot(): unknown option of logCalls `success`. Did you mean `successes`?'],
  ['forRootAsync', { logCalls: { perSecond: 0 }, useFactory: factory }, 'forRootAsync(): option `perSecond` must be an integer from 1 to 1000000, got 0'],
  ['forRoot', { inspector: 'yes' }, 'forRoot(): option `inspector` must be true, false or an object, got a string'],
  ['forRoot', { inspector: { prt: 1 } }, 'forRoot(): unknown option of startInspector `prt`. Did you mean `port`?'],
  ['forRoot', { inspector: { host: '0.0.0.0' } }, 'forRoot(): option `host` must be a loopback address, got another address: others would see the calls, so pass `authorize`, too'],
  ['forRootAsync', { inspector: { port: -1 }, useFactory: factory }, 'forRootAsync(): option `port` must be an integer from 0 to 65535, got -1'],
])('%s(%j): logCalls and inspector are true, false or options', (method, given, message) => {
  expect(() => Module[method]?.(given)).toThrow(message);
}); // prettier-ignore
