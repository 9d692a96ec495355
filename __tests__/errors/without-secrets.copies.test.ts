import { inspect } from 'node:util';
import axios from 'axios';
import { withoutSecrets } from '../../src/errors/without-secrets';
import { HTTPClient } from '../../src/index';
import { chainOf } from '../support/faults';
import { failure } from '../support/outcome';

const SECRET = 'S3CRET';
const headers = { authorization: `Bearer ${SECRET}` };

const wrapped = (error: Error, levels: number): Error =>
  Array.from({ length: levels }).reduce<Error>((cause, _, level) => new Error(`level ${level}`, { cause }), error);

const error = (facts: object, options?: ErrorOptions): Error => Object.assign(new Error('refused', options), facts);

const printingsOf = (link: unknown): unknown[] => [
  inspect(link, { depth: Infinity, showHidden: true }),
  inspect({ ...(link as object) }, { depth: Infinity, showHidden: true }),
  JSON.stringify(link),
  (link as Error).stack,
];

test.each<[string, Error]>([
  ['gaxios', error({ config: { headers, data: `client_secret=${SECRET}` } })],
  ['got', Object.defineProperty(new Error('refused'), 'options', { value: { headers } })],
  ['ky', error({ request: new Request('http://a/', { headers }), options: { headers: new Headers(headers) } })],
  ['ioredis', error({ command: { name: 'AUTH', args: [SECRET] } })],
  ['node:http', error({ response: { req: { _header: `Authorization: ${SECRET}` } } })],
  ['a cache under a symbol', error({ [Symbol('entry')]: { key: SECRET } })],
  ['a vault', error({ accessToken: SECRET, code: 'SEALED' })],
  ['a service, in its data', error({ details: { user: { password: SECRET } } })],
  ['a service, in the text of its data', error({ details: [{ reason: `Bearer ${SECRET}` }] })],
  ['a service, in what is no plain data', error({ details: { session: new Map([['id', SECRET]]) } })],
  ['a service, under a symbol in its data', error({ details: { [Symbol('session')]: SECRET } })],
  ['a list of tokens', error({ tokens: [SECRET] })],
  ['a list of headers', error({ rawHeaders: ['x-tenant', SECRET] })],
  ['redis, in its URI', error({ uri: `redis://ada:${SECRET}@cache/` })],
  ['a service, in the text of a body', error({ responseBody: `{"access_token":"${SECRET}"}` })],
  ['a text as its cause', error({}, { cause: `token=${SECRET}` })],
  ['several texts', new AggregateError([`token=${SECRET}`], 'all failed')],
  ['an object as its cause', error({}, { cause: { headers } })],
  ['axios, seven causes below', wrapped(new axios.AxiosError('refused', 'X', { headers } as never), 7)],
  ['axios, a hundred causes below', wrapped(new axios.AxiosError('refused', 'X', { headers } as never), 100)],
  ['several', new AggregateError([new Error('one'), error({ options: { headers } })], 'all failed')],
])('the error of %s shows no secret as a cause', async (_, thrown) => {
  const client = new HTTPClient({ token: async () => Promise.reject(thrown) });

  const failed = await failure(client.get('http://127.0.0.1:1/'));

  expect(failed).toMatchObject({ code: 'TOKEN_UNAVAILABLE', cause: { name: thrown.name, message: thrown.message } });
  expect(chainOf(failed).flatMap(printingsOf).join('\n')).not.toContain(SECRET);
});

test('a copy has the text and the numbers of the error, and those of its causes', () => {
  const root = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', errno: -111 });
  const thrown = error(
    { code: 401, hint: 'renew it', retry: false, apiKey: SECRET, config: { headers } },
    { cause: root },
  );
  thrown.name = 'VaultError';

  const safe = withoutSecrets(thrown);

  expect(safe).toMatchObject({ name: 'VaultError', message: 'refused', code: 401, hint: 'renew it', retry: false });
  expect(safe).toMatchObject({ apiKey: '***', stack: thrown.stack });
  expect(safe).not.toHaveProperty('config');
  expect(safe.cause).toBe(root);
  expect(inspect(safe)).toContain('[cause]: Error: connect ECONNREFUSED');
});

test('a copy has the class name of the error, and of its causes those that are plain data', () => {
  class DomainError extends Error {}
  const errors = [{ path: '/street' }, { headers }, new Error('one')];
  const thrown = Object.assign(new DomainError('refused', { cause: { orderId: 7 } }), { config: { headers }, errors });

  const safe = withoutSecrets(thrown);

  expect(safe).toMatchObject({ name: 'DomainError', cause: { orderId: 7 }, errors: [errors[0], errors[2]] });
  expect(safe).toHaveProperty('errors.length', 2);
  expect(safe.stack).toMatch(/^DomainError: refused\n/);
});

test('an AxiosError is none in a copy, which has no config', () => {
  const safe = withoutSecrets(new axios.AxiosError('refused', 'ERR_NETWORK', { headers } as never));

  expect(safe).toMatchObject({ name: 'AxiosError', message: 'refused', code: 'ERR_NETWORK' });
  expect(axios.isAxiosError(safe)).toBe(false);
});

test('of many errors, the first fifty are kept', () => {
  const thrown = new AggregateError(Array.from({ length: 60 }, (_, count) => new Error(`number ${count}`)));

  const safe = withoutSecrets(thrown) as AggregateError;

  expect(safe.errors).toHaveLength(50);
  expect(safe.errors[49]).toBe(thrown.errors[49]);
});

test('a circle of causes is a circle of copies', () => {
  const thrown = error({ config: { headers } });
  thrown.cause = new Error('inner', { cause: thrown });

  const safe = withoutSecrets(thrown);

  expect((safe.cause as Error).cause).toBe(safe);
});

test.each<[string, Error]>([
  ['Node', Object.assign(new Error('x'), { code: 'ECONNRESET', errno: -104, syscall: 'read', toString: () => 'x' })],
  ['undici', Object.assign(new Error('x'), { code: 'UND_ERR_SOCKET', socket: { remotePort: 80, bytesRead: 7 } })],
  ['a class of its own', new (class Sealed extends Error { readonly since = 5; })()],
  ['a service that adds plain data', error({ at: new Date(), details: { orderId: 7, missing: ['street'], next: null } })],
  ['a service that adds codes', error({ details: [{ code: 'OUT_OF_STOCK' }], issues: [{ code: 'custom', path: ['a'] }] })],
  ['a service with data as its cause', error({}, { cause: { orderId: 7 } })],
  ['ajv', error({ errors: [{ path: '/street', message: 'is missing' }] })],
  ['several addresses', new AggregateError([new Error('::1'), new Error('127.0.0.1')])],
])('the error of %s stays the same object', (_, thrown) => {
  expect(withoutSecrets(thrown)).toBe(thrown);
}); // prettier-ignore

describe('an error that is expensive or fails to be read', () => {
  const revoked = (): object => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  };
  const throwing = (name: string): Error =>
    Object.defineProperty(new Error('sealed'), name, {
      enumerable: true,
      get: () => {
        throw new Error('getter');
      },
    });

  test.each<[string, () => unknown, string]>([
    ['with a getter that throws', () => throwing('state'), 'sealed'],
    ['whose cause throws', () => throwing('cause'), 'sealed'],
    ['whose errors throw', () => throwing('errors'), 'sealed'],
    ['whose code throws', () => throwing('code'), 'sealed'],
    ['whose message throws', () => throwing('message'), 'a thrown object'],
    ['with a revoked Proxy', () => Object.assign(new Error('sealed'), { state: revoked() }), 'sealed'],
    ['whose cause is a revoked Proxy', () => new Error('sealed', { cause: revoked() }), 'sealed'],
    ['that is a revoked Proxy', revoked, 'a thrown object'],
  ])('%s is the cause of a TokenError', async (_, make, message) => {
    const token = (): never => {
      throw make();
    };

    const failed = await failure(new HTTPClient({ token }).get('http://127.0.0.1:1/'));

    expect(failed).toMatchObject({ code: 'TOKEN_UNAVAILABLE', cause: { message } });
    expect(inspect(failed)).toContain(message);
  });

  test('with a large body is copied at once', () => {
    const rows = Array.from({ length: 300_000 }, (_, id) => ({ id }));
    const startedAt = process.cpuUsage();

    const safe = withoutSecrets(error({ body: Buffer.alloc(10_000_000), rows, errors: rows }));

    expect(process.cpuUsage(startedAt).user).toBeLessThan(300_000);
    expect(safe).not.toHaveProperty('body');
    expect(safe).not.toHaveProperty('rows');
  });
});
