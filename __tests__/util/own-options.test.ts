import { contextFrom, currentContext, HTTPClient, onBehalfOf, runInContext, tokenService } from '../../src/index';
import { resolve } from '../../src/client/options/config';
import { resolveRetry } from '../../src/resilience/retry-options';
import { ownOptions } from '../../src/util/own-options';
import { service } from '../support/service';

/** Runs with members on every object, as a polluted prototype has them. */
async function polluted(members: Readonly<Record<string, unknown>>, run: () => unknown): Promise<void> {
  for (const [name, value] of Object.entries(members)) {
    Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
  }
  try {
    await run();
  } finally {
    for (const name of Object.keys(members)) Reflect.deleteProperty(Object.prototype, name);
  }
}

const OTHER = 'http://127.0.0.1:1';

test.each<[string, unknown]>([
  ['token', 'stolen'],
  ['transport', { name: 'x', dispatch: () => undefined, close: () => undefined }],
  ['proxy', { host: '127.0.0.1', port: 1 }],
  ['trustEnv', true],
  ['baseURL', OTHER],
  ['tokenHosts', ['*.evil.test']],
  ['headers', { 'X-Other': '1' }],
  ['plugins', [{ name: 'x', ring: 'call', install: () => { throw new Error('x'); } }]], // prettier-ignore
  ['timeout', 0.000001],
  ['retryAttempts', 9],
  ['deadline', 0.000001],
  ['retry', { base: 60 }],
  ['maxResponseSize', 1],
  ['requestContext', false],
  ['httpAgent', {}],
  ['params', { other: 1 }],
  ['json', { other: 1 }],
  ['auth', { username: 'x', password: 'y' }],
  ['transformRequest', () => 'other'],
  ['schema', {}],
  ['backpressure', 1],
  ['concurrency', { limit: 1, queue: 0 }],
  ['circuitBreaker', true],
  ['hedging', { delay: 0.001, methods: ['POST'] }],
  ['rateLimit', { rate: 0.001, maxWait: 0 }],
  ['partition', 'x'],
  ['origins', {}],
])('`%s` of a polluted prototype is no option of a client or a call', async (name, value) => {
  const api = await service([{ json: { whole: true } }]);

  await polluted({ [name]: value }, async () => {
    const client = new HTTPClient({});
    for (const options of [undefined, {}, { headers: {} }]) await client.post(api.url, options);
    await client.getJson(api.url, {});
  });

  expect(api.requests).toHaveLength(4);
  for (const { url, headers, body } of api.requests) {
    expect(url).toBe('/');
    expect([headers.authorization, headers['x-other']]).toEqual([undefined, undefined]);
    expect(body.toString()).toBe('');
  }
});

test('nor are those of its retries, its token service and its environment', async () => {
  const issuer = { url: `${OTHER}/token`, clientId: 'me', clientSecret: 'secret' };
  const members = { base: 60, unsafeMethods: 'never', whileServingRetry: true, scope: 'all', AUTH_TOKEN: 'stolen' };

  await polluted({ ...members, maxTokens: -1, parameters: 'x', TOKEN_SERVICE_URL: OTHER }, async () => {
    expect(resolveRetry({})).toMatchObject({ base: 0.5, unsafeMethods: 'always', whileServingRetry: false });
    expect(() => tokenService(issuer)).not.toThrow();
    expect(() => onBehalfOf({ ...issuer, subjectToken: () => 'x' })).not.toThrow();
    expect(await resolve({}, {}).tokenSource?.getToken({} as never)).toBeUndefined();
  });
});

test('nor are those of a context', async () => {
  const members = { authorization: 'Bearer stolen', headers: { 'X-Other': '1' }, forward: ['x-tenant'], trust: false };

  await polluted(members, () => {
    const inbound = contextFrom({ 'x-request-id': 'a', 'x-tenant': 'b' }, { route: () => '/' });
    expect(inbound).toMatchObject({ requestId: 'a', headers: {} });
    runInContext({ requestId: 'c' }, () => {
      expect(currentContext()).toMatchObject({ authorization: undefined, headers: {} });
    });
  });
});

test('getters of a class are options, its methods and the members of Object are not', () => {
  class Base {
    get timeout(): number {
      return Number('7');
    }
  }
  class Settings extends Base {
    readonly retryAttempts = 1;
    get token(): string {
      return `token-${this.retryAttempts}`;
    }
    helper(): void {
      throw new Error('not called');
    }
  }
  const options = new Settings();

  expect(Object.fromEntries(Object.entries(ownOptions(options)))).toEqual({
    retryAttempts: 1,
    token: 'token-1',
    timeout: 7,
  });
  expect(resolve(options)).toMatchObject({ retryAttempts: 1, timeout: 7000 });
});

test.each([undefined, null, 'text', 5, [1]])('%j is left to the checks', (value) => {
  expect(ownOptions(value)).toBe(value);
});
