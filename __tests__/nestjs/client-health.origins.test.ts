import { HTTPClient, type HTTPClientOptions } from '../../src/index';
import { getHTTPClientToken, HTTPClientHealth, HTTPClientModule } from '../../src/nestjs/index';
import { service } from '../support/service';
import { call, ONCE, scene } from './client-scene';
import { create } from './running-app';

const DOWN = { status: 503 };
/** Opens at the first failure, and lets a probe through 100 ms later. */
const BREAKER: HTTPClientOptions = { circuitBreaker: { minimumCalls: 1, openFor: 0.5 } };

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('a circuit that is open', () => {
  test('is counted, and the client is down until a probe is due, whatever `staleAfter` is', async () => {
    const { users, health } = await scene([DOWN], BREAKER);
    const statusNow = (): string => health.check('users', { staleAfter: 0 }).users.status;
    await call(users);

    expect(health.check('users', { staleAfter: 0 }).users).toMatchObject({ status: 'down', openCircuits: 1 });
    await until(() => statusNow() === 'up');
    // It is open all the same: calls would be probes.
    expect(health.check('users').users).toMatchObject({ status: 'down', lastOutcome: 503, openCircuits: 1 });
  });

  test('a call that it refuses is neither a failure of the service nor a success', async () => {
    const { users, health } = await scene([DOWN, {}], { circuitBreaker: { minimumCalls: 1, openFor: 5 } });
    await call(users);
    const before = health.check('users').users;

    await call(users);

    expect(health.check('users').users).toEqual(before);
    expect(before).toMatchObject({ status: 'down', lastOutcome: 503 });
  });

  test('is closed by a probe that succeeds', async () => {
    const { users, health } = await scene([DOWN, {}], BREAKER);
    await call(users);
    await until(() => health.check('users', { staleAfter: 0 }).users.status === 'up');

    await call(users);

    expect(health.check('users').users).toEqual({
      status: 'up',
      lastOutcome: 200,
      lastOutcomeAt: expect.any(String) as string,
    });
  });

  test('of another origin does not make a client down that has called a healthy one since', async () => {
    const other = await service([DOWN]);
    const { users, health } = await scene([{}], { circuitBreaker: { minimumCalls: 1, openFor: 5 } });

    await users.get(other.url).catch(() => undefined);
    expect(health.check('users').users).toMatchObject({ status: 'down', openCircuits: 1 });

    await call(users);
    expect(health.check('users').users).toMatchObject({ status: 'up', openCircuits: 1 });
  });
});

test('a retry budget that is used up is counted, and says nothing about the service', async () => {
  const { users, health } = await scene([DOWN, DOWN, {}], { retry: { base: 0, budget: { reserve: 1, refill: 0 } } });

  await users.get('/users', { retryAttempts: 1 }).catch(() => undefined);
  expect(health.check('users').users).toMatchObject({ status: 'down', emptyRetryBudgets: 1 });

  await call(users);
  expect(health.check('users').users).toMatchObject({ status: 'up', emptyRetryBudgets: 1 });
});

test('internal URLs are in `origins` only, which no health page shows', async () => {
  const { users, health } = await scene([DOWN], { ...BREAKER, retry: { base: 0, budget: { reserve: 5, refill: 0 } } });
  await users.get('/users', { circuitBreaker: false, retryAttempts: 1 }).catch(() => undefined);
  await call(users);

  const [origin, ...others] = health.origins('users');
  expect(JSON.stringify(health.check('users'))).not.toMatch(/127\.0\.0\.1|http:/);
  expect(origin).toEqual({
    origin: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
    circuit: 'open',
    retryTokens: 4,
  });
  expect(others).toEqual([]);
  expect(health.origins()).toEqual([]);
  expect(() => health.origins('user')).toThrow("There is no HTTP client named 'user'.");
});

test('a client tells of the origins that it has called, and not of those of others', async () => {
  const [one, other] = [await service([DOWN]), await service([{}])];
  const app = await create({
    imports: [
      HTTPClientModule.forRoot({ ...ONCE, ...BREAKER, baseURL: one.url }),
      HTTPClientModule.forFeature([{ name: 'other', baseURL: other.url }]),
    ],
  });
  const health = app.get(HTTPClientHealth);

  await call(app.get(HTTPClient));
  await call(app.get(getHTTPClientToken('other'), { strict: false }));

  expect(health.origins('other')).toEqual([{ origin: other.url, circuit: 'closed', retryTokens: 10 }]);
  expect(health.check('other').other).not.toHaveProperty('openCircuits');
});
