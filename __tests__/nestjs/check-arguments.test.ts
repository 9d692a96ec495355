import { HTTPClient } from '../../src/index';
import { HTTPClientModule, InjectHTTPClient } from '../../src/nestjs/index';

/** The module as JavaScript sees it. */
const Module = HTTPClientModule as unknown as Record<string, (...given: unknown[]) => unknown>;

const factory = (): object => ({});

class Settings {
  readonly timeout = 2;
}

describe('what is no object of options is refused by forRoot, with what to write instead', () => {
  test.each<[unknown, string]>([
    [() => ({}), 'a function: use forRootAsync({ useFactory: … })'],
    [async () => Promise.resolve({}), 'a function: use forRootAsync({ useFactory: … })'],
    [Settings, 'a function: use forRootAsync({ useClass: Settings })'],
    [Promise.resolve({}), 'an instance of Promise: use forRootAsync({ useFactory: async () => … })'],
    [[], 'a list: named clients belong in forFeature([…])'],
    [[{ name: 'users' }], 'a list: named clients belong in forFeature([…])'],
    [new HTTPClient(), 'an instance of HTTPClient: provide a client as { provide: getHTTPClientToken(name), useValue: client }'],
  ])('%p', (options, message) => {
    expect(() => Module['forRoot']?.(options)).toThrow(new TypeError(`forRoot() takes options, got ${message}`));
  }); // prettier-ignore

  test.each<[unknown, string]>([
    ['http://users', 'a string: the URL goes into { baseURL: … }'],
    ['', 'an empty string: the URL goes into { baseURL: … }'],
    [new URL('http://users'), 'an instance of URL: the URL goes into { baseURL: … }'],
    [null, 'null'],
    [5, '5'],
    [true, 'true'],
    [Symbol('users'), 'a symbol'],
    [new Map(), 'an instance of Map'],
    [new Date(), 'an instance of Date'],
    [new Set(), 'an instance of Set'],
    [new Error('x'), 'an instance of Error'],
    [Buffer.from('x'), 'an instance of Buffer'],
    [new Headers(), 'an instance of Headers'],
    [new (class Shop { readonly address = ''; })(), 'an instance of Shop'],
    [new (class ConfigService { readonly internal = {}; })(), 'an instance of ConfigService'],
    [new HTTPClient().axios, 'a function'],
  ])('%p', (options, message) => {
    expect(() => Module['forRoot']?.(options)).toThrow(`forRoot(): options must be an object, got ${message}`);
  }); // prettier-ignore
});

test.each<[method: string, given: unknown, advice: string]>([
  ['forRoot', {}, 'all options go into one object'],
  ['forRootAsync', { useFactory: factory }, 'options belong in what useFactory returns'],
  ['forFeature', [{ name: 'users' }], 'all clients go into one list'],
  ['forFeatureAsync', [{ name: 'users', useFactory: factory }], 'all clients go into one list'],
])('%s takes one argument', (method, given, advice) => {
  expect(() => Module[method]?.(given, { timeout: 2 })).toThrow(new TypeError(`${method}() takes one argument: ${advice}`));
  expect(() => Module[method]?.(given, undefined)).not.toThrow();
}); // prettier-ignore

test.each<[method: string, given: unknown, message: string]>([
  ['forRoot', { imports: [] }, 'forRoot() takes no `imports`: use forRootAsync()'],
  ['forRoot', { global: true }, 'forRoot() takes no `global`: use `isGlobal`'],
  ['forRoot', { useValue: {} }, 'forRoot() takes no `useValue`: use forRoot(options)'],
  ['forRootAsync', { useFactory: factory, global: true }, 'forRootAsync() takes no `global`: use `isGlobal`'],
  ['forRootAsync', { useFactory: factory, name: 'users' }, 'forRootAsync() takes no `name`: its name belongs into what useFactory returns, named clients belong in forFeatureAsync()'],
  ['forRootAsync', { useFactory: factory, useClass: Settings }, 'forRootAsync() takes one of `useFactory` and `useClass`'],
  ['forFeatureAsync', [{ name: 'users', useFactory: factory, isGlobal: true }], 'users: option `isGlobal` belongs to forRoot() or forRootAsync()'],
  ['forFeatureAsync', [{ name: 'users', useFactory: factory, inspector: true }], 'users: option `inspector` belongs to forRoot() or forRootAsync()'],
  ['forFeatureAsync', [{ name: 'users', useFactory: factory, logCalls: true }], 'users: option `logCalls` belongs to forRoot() or forRootAsync()'],
  ['forFeatureAsync', [{ useFactory: factory }], 'The name of an HTTP client must consist of letters, digits, `_`, `-` and `.`, got undefined'],
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
