import { sign } from 'jsonwebtoken';
import { type HTTPClientOptions, runInContext } from '../../src/index';
import { call, scene } from './client-scene';

test('what the service did wrong itself, or gave up, changes nothing', async () => {
  const { users, health } = await scene([{ status: 500 }, { delay: Infinity }]);
  await call(users);

  await call(users, AbortSignal.abort());
  await users.get('/users', { headers: { 'X-Bad': 'ü€' } }).catch(() => undefined);
  await runInContext({ deadline: performance.now() - 1 }, async () => call(users));

  expect(health.check('users').users).toMatchObject({ status: 'down', lastOutcome: 500 });
});

test('a call that ran out of time while it was being retried shows that the other side fails', async () => {
  const { users, health } = await scene([{ status: 503 }]);

  await users.get('/users', { deadline: 0.1, retryAttempts: 3 }).catch(() => undefined);

  expect(health.check('users').users).toMatchObject({ status: 'down', lastOutcome: 'DEADLINE_EXCEEDED' });
});

test('a plugin that makes do without the answer does not hide what came of it', async () => {
  const { users, health } = await scene([{ status: 500 }], {
    plugins: [
      {
        name: 'fallback',
        ring: 'call',
        install(http) {
          http.interceptors.response.use(undefined, () => ({ status: 200, data: 'old', headers: {}, config: {} }));
        },
      },
    ],
  });

  await users.get('/users');

  expect(health.check('users').users).toMatchObject({ status: 'down', lastOutcome: 500 });
});

describe('tokenExpiresIn', () => {
  const inAMinute = (): number => Date.now() + 60_500;
  const jwt = sign({ sub: 'a' }, 'secret', { expiresIn: 60 });

  test.each<[string, HTTPClientOptions['token'], unknown]>([
    ['is what a source says', { getToken: () => ({ token: 'opaque', expiresAt: inAMinute() }) }, 60],
    ['is what a source says later', async () => Promise.resolve({ token: 'opaque', expiresAt: inAMinute() }), 60],
    ['is read from a JWT', jwt, expect.closeTo(59, -1)],
    ['is not known of an opaque token', 'opaque', 'unknown'],
    ['is 0 for a token that has ended', () => ({ token: 'opaque', expiresAt: 1 }), 0],
    ['is absent without a token', null, undefined],
  ])('%s', async (_, token, expected) => {
    const { users, health } = await scene([{}], { token });

    await call(users);

    expect(health.check('users').users.tokenExpiresIn).toEqual(expected);
  });

  test('a source that is observed can still renew its token', async () => {
    let number = 1;
    const token = { getToken: () => `token-${number}`, invalidate: () => number++ };
    const { users } = await scene([{ status: 401 }, { status: 200 }], { token });

    expect((await users.get('/users')).status).toBe(200);
  });
});
