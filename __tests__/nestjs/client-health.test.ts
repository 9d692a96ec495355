import { Controller, Get, Inject } from '@nestjs/common';
import { HealthCheck, type HealthCheckResult, HealthCheckService, TerminusModule } from '@nestjs/terminus';
import { HTTPClient, runInContext } from '../../src/index';
import { HTTPClientHealth, HTTPClientModule } from '../../src/nestjs/index';
import { type Answer, service } from '../support/service';
import { call, ONCE, scene } from './client-scene';
import { start } from './running-app';

test('a client that has not been used is up', async () => {
  const { health } = await scene([]);

  expect(health.check('users')).toEqual({ users: { status: 'up' } });
  expect(health.check()).toEqual({ default: { status: 'up' } });
});

test('the last answer is told, and when it came', async () => {
  const { users, health } = await scene([{ status: 200 }]);

  await call(users);

  const { lastOutcome, lastOutcomeAt = '', status } = health.check('users').users;
  expect({ status, lastOutcome }).toEqual({ status: 'up', lastOutcome: 200 });
  expect(Date.now() - Date.parse(lastOutcomeAt)).toBeLessThan(5000);
});

test.each<[string, Answer, number | string]>([
  ['a 500', { status: 500 }, 500],
  ['a 429', { status: 429 }, 429],
  ['a hang-up', { hangUp: true }, 'CONNECTION_CLOSED'],
  ['no answer', { delay: Infinity }, 'TIMEOUT'],
])('after %s the client is down until something succeeds', async (_, answer, lastOutcome) => {
  const { users, health } = await scene([answer, { status: 204 }]);

  await call(users);
  expect(health.check('users').users).toMatchObject({ status: 'down', lastOutcome });

  await call(users);
  expect(health.check('users').users).toMatchObject({ status: 'up', lastOutcome: 204 });
});

test('a 404 is an answer', async () => {
  const { users, health } = await scene([{ status: 404 }]);

  await call(users);

  expect(health.check('users').users).toMatchObject({ status: 'up', lastOutcome: 404 });
});

test('without a token the client is down', async () => {
  const token = async (): Promise<string> => Promise.reject(new Error('the issuer is away'));
  const { users, health } = await scene([], { token });

  await call(users);

  expect(health.check('users').users).toMatchObject({ status: 'down', lastOutcome: 'TOKEN_UNAVAILABLE' });
});

test.each([
  ['up', 200],
  ['down', 500],
])('an answer that does not come in the time of the caller is told, and the client stays %s', async (status, first) => {
  const { users, health } = await scene([{ status: first }, { delay: Infinity }], { timeout: 5 });
  await call(users);

  await runInContext({ deadline: performance.now() + 60 }, async () => call(users));

  expect(health.check('users').users).toMatchObject({ status, lastOutcome: 'DEADLINE_EXCEEDED' });
  expect(health.check('users', { staleAfter: 0.04 }).users.status).toBe('up');
});

test('a failure that is older than `staleAfter` no longer counts', async () => {
  const { users, health } = await scene([{ status: 500 }]);
  await call(users);

  expect(health.check('users', { staleAfter: 0 }).users).toMatchObject({ status: 'up', lastOutcome: 500 });
  expect(health.check('users', { staleAfter: Infinity }).users.status).toBe('down');
  expect(() => health.check('users', { staleAfter: -1 })).toThrow(RangeError);
});

test('a mistake of an interceptor changes nothing', async () => {
  const { users, health } = await scene([{ status: 200 }]);
  await call(users);

  users.axios.interceptors.request.use(() => {
    throw new Error('a mistake');
  });
  await call(users);

  expect(health.check('users').users).toMatchObject({ status: 'up', lastOutcome: 200 });
});

test('a client that there is not is refused', async () => {
  const { health } = await scene([]);

  expect(() => health.check('user')).toThrow("There is no HTTP client named 'user'. Known: default, users");
});

@Controller('health')
class HealthController {
  constructor(
    @Inject(HealthCheckService) private readonly checks: HealthCheckService,
    @Inject(HTTPClientHealth) private readonly clients: HTTPClientHealth,
    @Inject(HTTPClient) private readonly client: HTTPClient,
  ) {}

  @Get('ready')
  @HealthCheck()
  async ready(): Promise<HealthCheckResult> {
    return this.checks.check([() => this.clients.check()]);
  }

  @Get('classic')
  @HealthCheck()
  async classic(): Promise<HealthCheckResult> {
    return this.checks.check([() => this.clients.isHealthy()]);
  }

  @Get('call')
  async call(): Promise<void> {
    await call(this.client);
  }
}

test.each(['ready', 'classic'])('Terminus answers with 503 while a client is down (%s)', async (path) => {
  const api = await service([{ status: 500 }, { status: 200 }]);
  const root = HTTPClientModule.forRoot({ ...ONCE, baseURL: api.url });
  const { url } = await start({
    imports: [TerminusModule.forRoot({ logger: false }), root],
    controllers: [HealthController],
  });
  const ask = async (): Promise<unknown> => {
    const answer = await fetch(`${url}/health/${path}`);
    return [answer.status, await answer.json()];
  };

  expect(await ask()).toMatchObject([200, { status: 'ok', info: { default: { status: 'up' } } }]);
  expect(api.requests).toEqual([]);

  await fetch(`${url}/health/call`);
  expect(await ask()).toMatchObject([
    503,
    { status: 'error', error: { default: { status: 'down', lastOutcome: 500 } } },
  ]);

  await fetch(`${url}/health/call`);
  expect(await ask()).toMatchObject([200, { status: 'ok', details: { default: { lastOutcome: 200 } } }]);
});
