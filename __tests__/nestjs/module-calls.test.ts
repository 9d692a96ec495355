import type { HTTPClient } from '../../src/index';
import { HTTPClientModule, InjectHTTPClient } from '../../src/nestjs/index';

/** The module as JavaScript sees it. */
const Module = HTTPClientModule as unknown as Record<string, (...given: unknown[]) => unknown>;

const factory = (): object => ({});

test.each<[method: string, given: unknown, message: string]>([
  ['forRoot', { useFactory: factory }, 'forRoot() takes no `useFactory`: use forRootAsync()'],
  ['forRoot', { inject: [] }, 'forRoot() takes no `inject`: use forRootAsync()'],
  ['forRootAsync', { timeout: 2 }, 'forRootAsync() needs `useFactory`, `useClass` or `useExisting`'],
  ['forRootAsync', undefined, 'forRootAsync() needs `useFactory`, `useClass` or `useExisting`'],
  ['forRootAsync', { useFactory: factory, timeout: 2 }, 'forRootAsync(): option `timeout` belongs into what useFactory returns'],
  ['forFeature', { name: 'users' }, "forFeature() takes a list such as [{ name: 'users', … }], got an object"],
  ['forFeature', 'users', "forFeature() takes a list such as [{ name: 'users', … }], got a string"],
  ['forFeature', ['users'], "forFeature() takes a list such as [{ name: 'users', … }], got one with a string"],
  ['forFeature', undefined, "forFeature() takes a list such as [{ name: 'users', … }], got undefined"],
  ['forFeature', [{ name: 'users', useFactory: factory }], 'users: forFeature() takes no `useFactory`: use forFeatureAsync()'],
  ['forFeatureAsync', { name: 'users' }, "forFeatureAsync() takes a list such as [{ name: 'users', … }], got an object"],
  ['forFeatureAsync', [{ name: 'users' }], 'users: forFeatureAsync() needs `useFactory`'],
  ['forFeatureAsync', [{ name: 'users', useClass: Object }], 'users: forFeatureAsync() needs `useFactory`'],
  [
    'forFeatureAsync',
    [{ name: 'users', useFactory: factory, baseURL: 'http://a' }],
    'users: option `baseURL` belongs into what useFactory returns',
  ],
])('%s(%j)', (method, given, message) => {
  expect(() => Module[method]?.(given)).toThrow(new TypeError(message));
}); // prettier-ignore

test.each([
  ['register', 'forRoot(options)'],
  ['registerAsync', 'forRootAsync(options)'],
  ['forChild', 'forFeature(clients)'],
])('%s, as in other modules', (name, instead) => {
  expect(() => Module[name]?.({})).toThrow(
    new TypeError(`There is no HTTPClientModule.${name}: use \`HTTPClientModule.${instead}\``),
  );
});

test('what is right is accepted', () => {
  const imports = [class Settings { readonly url = 'http://users'; }];

  expect(HTTPClientModule.forRootAsync({ imports, inject: [], useFactory: factory, isGlobal: false, context: {} })).toBeDefined();
  expect(HTTPClientModule.forFeatureAsync([{ name: 'users', imports, inject: [], useFactory: factory }])).toBeDefined();
}); // prettier-ignore

test('a decorator without parentheses is told', () => {
  const declare = (): unknown => {
    class Service {
      // @ts-expect-error A factory of decorators is not one.
      @InjectHTTPClient readonly client!: HTTPClient;
    }
    return Service;
  };

  expect(declare).toThrow(/: a decorator has parentheses, as in @InjectHTTPClient\(\)$/);
});
