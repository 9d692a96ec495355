import { sign } from 'jsonwebtoken';
import { HTTPClient, type HTTPClientOptions, OriginStates, type Plugin, runInContext } from '../../src/index';
import { service } from '../support/service';
import { call, ONCE, scene } from './client-scene';

test('what the service did wrong itself, or gave up, changes nothing', async () => {
  const { users, health } = await scene([{ status: 500 }, { delay: Infinity }]);
  await call(users);

  await call(users, AbortSignal.abort());
  await users.get('/users', { headers: { 'X-Bad': 'ü€' } }).catch(() => undefined);
  await runInContext({ deadline: performance.now() - 1 }, async () => call(users));

  expect(health.check('users').users).toMatchObject({ status: 'down', lastOutcome: 500 });
});

test('a call that ran out of time while it was being retried shows that the other side fails', async () => {
  const { users, health } = await scene([{ status: 503 }], { retry: { base: 60, cap: 60 }, timeout: 5 });

  await users.get('/users', { deadline: 5, retryAttempts: 3 }).catch(() => undefined);

  expect(health.check('users').users).toMatchObject({ status: 'down', lastOutcome: 'DEADLINE_EXCEEDED' });
});

/** Gives the caller a response where there is none. */
function fallback(ring: 'attempt' | 'call'): HTTPClientOptions {
  const install: Plugin['install'] = (http) => {
    http.interceptors.response.use(undefined, () => ({ status: 200, data: 'old', headers: {}, config: {} }));
  };
  return { plugins: [{ name: 'fallback', ring, install }] };
}

test.each(['call', 'attempt'] as const)(
  'a plugin of the %s ring that makes do without the answer hides nothing',
  async (ring) => {
    const { users, health } = await scene([{ status: 500 }], fallback(ring));

    await users.get('/users');

    expect(health.check('users').users).toMatchObject({ status: 'down', lastOutcome: 500 });
  },
);

test('a plugin that makes do without a token hides nothing', async () => {
  const token = async (): Promise<string> => Promise.reject(new Error('the issuer is away'));
  const { users, health } = await scene([], { token, ...fallback('call') });

  await users.get('/users');

  expect(health.check('users').users).toMatchObject({ status: 'down', lastOutcome: 'TOKEN_UNAVAILABLE' });
});

test('a plugin that rejects a good answer says nothing about the service', async () => {
  const { users, health } = await scene([{}]);
  users.axios.interceptors.response.use(() => {
    throw new Error('not good enough');
  });

  await call(users);

  expect(health.check('users').users).toMatchObject({ status: 'up', lastOutcome: 200 });
});

test('a status that `validateStatus` accepts is no failure, and one that it rejects is an answer', async () => {
  const { users, health } = await scene([{ status: 500 }, { status: 204 }]);

  await users.get('/users', { validateStatus: () => true });
  expect(health.check('users').users).toMatchObject({ status: 'up', lastOutcome: 500 });

  await users.get('/users', { validateStatus: () => false }).catch(() => undefined);
  expect(health.check('users').users).toMatchObject({ status: 'up', lastOutcome: 204 });
});

test('calls of `client.axios` count, and what an interceptor sends again elsewhere', async () => {
  const backup = await service([{ status: 204 }]);
  const { users, health } = await scene([{ status: 500 }]);
  await users.axios.get('/users').catch(() => undefined);
  expect(health.check('users').users).toMatchObject({ status: 'down', lastOutcome: 500 });

  users.axios.interceptors.response.use(undefined, async (error: { config: object }) => {
    return users.axios.request({ ...error.config, baseURL: backup.url });
  });
  await users.get('/users');

  expect(health.check('users').users).toMatchObject({ status: 'up', lastOutcome: 204 });
  expect(health.origins('users')).toHaveLength(2);
});

test('the circuit of an origin counts for a client whose calls it lets none through', async () => {
  const origins = new OriginStates();
  const options: HTTPClientOptions = { ...ONCE, origins, circuitBreaker: { minimumCalls: 1, openFor: 5 } };
  const { users, health } = await scene([{ status: 500 }], options);
  const other = new HTTPClient({ ...options, baseURL: users.axios.defaults.baseURL ?? '' });
  await call(other);

  await call(users);

  expect(health.check('users').users).toEqual({ status: 'down', openCircuits: 1 });
});

describe('tokenExpiresIn', () => {
  const inAMinute = (): number => Date.now() + 60_500;
  const jwt = sign({ sub: 'a' }, 'secret', { expiresIn: 600 });

  test.each<[string, HTTPClientOptions['token'], unknown]>([
    [
      'is what a source says',
      { getToken: () => ({ token: 'opaque', expiresAt: inAMinute() }) },
      expect.closeTo(58, -1),
    ],
    [
      'is what a source says later',
      async () => Promise.resolve({ token: 'opaque', expiresAt: inAMinute() }),
      expect.closeTo(58, -1),
    ],
    ['is read from a JWT', jwt, expect.closeTo(570, -2)],
    ['is not known of an opaque token', 'opaque', 'unknown'],
    ['is 0 for a token that has ended', () => ({ token: 'opaque', expiresAt: 1 }), 0],
    ['is absent without a token', null, undefined],
  ])('%s', async (_, token, expected) => {
    const { users, health } = await scene([{}], { token });

    await call(users);

    expect(health.check('users').users.tokenExpiresIn).toEqual(expected);
  });

  test('the token of a source is renewed', async () => {
    let number = 1;
    const token = { getToken: () => `token-${number}`, invalidate: () => number++ };
    const { users } = await scene([{ status: 401 }, { status: 200 }], { token });

    expect((await users.get('/users')).status).toBe(200);
  });
});
