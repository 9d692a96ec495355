import { HTTPClient } from '../../src/index';
import { getHTTPClientToken, HTTPClientModule, type NamedClient } from '../../src/nestjs/index';
import { create } from './running-app';

/** Why an application with these clients does not start. */
async function failureOf(clients: NamedClient[], root: object = { token: null }): Promise<unknown> {
  return create({ imports: [HTTPClientModule.forRoot(root), HTTPClientModule.forFeature(clients)] }).then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** The same for what factories return. */
async function asyncFailureOf(root: unknown, own?: () => unknown): Promise<unknown> {
  const imports = [
    HTTPClientModule.forRootAsync({ useFactory: () => root as object }),
    ...(own === undefined ? [] : [HTTPClientModule.forFeatureAsync([{ name: 'users', useFactory: own as () => object }])]),
  ]; // prettier-ignore
  return create({ imports }).then(
    () => undefined,
    (error: unknown) => error,
  );
}

test.each<[object, Error]>([
  [{ timeout: 5000 }, new RangeError('users: option `timeout` must be in seconds, above 0 and at most 600, got 5000. Did you mean 5?')],
  [{ retryAttempt: 1 }, new TypeError('users: unknown option `retryAttempt`. Did you mean `retryAttempts`?')],
  [{ headers: { 'X Y': '1' } }, new TypeError("users: header names must be HTTP tokens, got 'X', followed by U+0020")],
  [{ baseURL: '/users' }, new TypeError('users: option `baseURL` must be an absolute http:// or https:// URL, got a string that is not one')],
  [{ baseURL: undefined }, new TypeError('users: option `baseURL` is undefined: set it, or leave it out to use that of forRoot()')],
  [{ isGlobal: true }, new TypeError('users: option `isGlobal` belongs to forRoot(), or beside the `useFactory` of forRootAsync()')],
])('a wrong option of a named client: %p', async (options, expected) => {
  const failure = await failureOf([{ name: 'tickets' }, { name: 'users', ...options }]);

  expect(failure).toEqual(expected);
  expect(failure).toBeInstanceOf(expected.constructor);
  expect((failure as Error).stack).toContain(expected.message);
}); // prettier-ignore

test('the client of forRoot is named as well', async () => {
  expect(await failureOf([], { timeout: -1 })).toMatchObject({ message: expect.stringMatching(/^default: option `timeout`/) as string });
}); // prettier-ignore

test('baseURL is not taken from forRoot where it is undefined by mistake', async () => {
  const root = { token: null, baseURL: 'http://default-service' };

  expect(await failureOf([{ name: 'users', baseURL: undefined }], root)).toMatchObject({
    message: expect.stringMatching(/^users: option `baseURL` is undefined/) as string,
  });
  expect(await failureOf([{ name: 'users' }], root)).toBeUndefined();
});

test.each<[unknown, (() => unknown) | undefined, string]>([
  [undefined, undefined, 'default: options must be an object, got undefined: the factory must return them, as in () => ({ … })'],
  ['http://users', undefined, 'default: options must be an object, got a string: the URL goes into { baseURL: … }'],
  [[], undefined, 'default: options must be an object, got a list'],
  [new Map(), undefined, 'default: options must be an object, got an instance of Map'],
  [() => ({}), undefined, 'default: options must be an object, got a function: pass what it returns'],
  [{}, () => undefined, 'users: options must be an object, got undefined: the factory must return them'],
  [{}, () => 'http://users', 'users: options must be an object, got a string: the URL goes into { baseURL: … }'],
  [{}, () => [], 'users: options must be an object, got a list'],
  [{}, () => new HTTPClient(), 'users: options must be an object, got an instance of HTTPClient: pass the options'],
  [{ isGlobal: false }, undefined, 'default: option `isGlobal` belongs to forRoot()'],
  [{}, () => null, 'users: options must be an object, got null'],
  [{}, () => ({ baseURL: undefined }), 'users: option `baseURL` is undefined'],
  [{}, () => ({ context: {} }), 'users: option `context` belongs to forRoot()'],
])('factories that return %j and %p', async (root, own, message) => {
  const failure = await asyncFailureOf(root, own);

  expect((failure as Error | undefined)?.message).toContain(message);
}); // prettier-ignore

test('what is undefined elsewhere is the default', async () => {
  const app = await create({
    imports: [
      HTTPClientModule.forRoot({ token: null, headers: undefined }),
      HTTPClientModule.forFeature([{ name: 'users', timeout: undefined }]),
    ],
  });

  expect(app.get(getHTTPClientToken('users'), { strict: false })).toBeDefined();
});

test.each([
  ['forRoot', (settings: object) => HTTPClientModule.forRoot(settings)],
  ['a factory', (settings: object) => HTTPClientModule.forRootAsync({ useFactory: () => settings })],
])('the getters of a class in %s count', async (_, root) => {
  class Settings {
    readonly token = null;

    get timeout(): number {
      return Number('2.5');
    }
  }

  const app = await create({ imports: [root(new Settings()), HTTPClientModule.forFeature([{ name: 'users' }])] });

  for (const token of [HTTPClient, getHTTPClientToken('users')]) {
    expect(app.get<HTTPClient>(token, { strict: false }).axios.defaults.timeout).toBe(2500);
  }
});
