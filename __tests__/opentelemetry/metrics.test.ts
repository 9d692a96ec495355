import { HTTPClient, type HTTPClientOptions } from '../../src/index';
import { undici } from '../../src/transports/undici';
import { collectMetrics, startRecording, startSDK } from '../support/collected-metrics';
import { service, type Answer } from '../support/service';

const TRANSPORTS = [
  ['http', () => 'http' as const],
  ['undici', () => undici()],
] as const;

const clients: HTTPClient[] = [];

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

function clientWith(options: HTTPClientOptions = {}): HTTPClient {
  const client = new HTTPClient({ retry: { base: 0.001 }, ...options });
  clients.push(client);
  return client;
}

function serverOf(url: string): object {
  return { 'server.address': '127.0.0.1', 'server.port': Number(new URL(url).port) };
}

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => error,
  );
}

afterEach(() => {
  jest.restoreAllMocks();
});

describe.each(TRANSPORTS)('over %s', (_, transport) => {
  test('a call is one request and one call', async () => {
    const collected = collectMetrics();
    const api = await service([{ status: 200 }]);

    await clientWith({ transport: transport() }).get(api.url);

    const common = { 'http.request.method': 'GET', ...serverOf(api.url) };
    expect(await collected.points('http.client.request.duration')).toMatchObject([
      { attributes: { ...common, 'http.response.status_code': 200 }, value: 1 },
    ]);
    expect(await collected.points('hdms.client.call.duration')).toEqual([
      { attributes: common, value: 1, sum: expect.any(Number) as number },
    ]);
    expect(await collected.points('hdms.client.refusals')).toEqual([]);
    expect(await collected.points('hdms.client.resends')).toEqual([]);
  });

  test('each retry is a request, a resend and a wait', async () => {
    const collected = collectMetrics();
    const api = await service([{ status: 503 }, { status: 503 }, { status: 200 }]);

    await clientWith({ transport: transport() }).get(api.url);

    const common = { 'http.request.method': 'GET', ...serverOf(api.url) };
    expect(await collected.points('http.client.request.duration')).toMatchObject([
      { attributes: { ...common, 'http.response.status_code': 503, 'error.type': '503' }, value: 2 },
      { attributes: { ...common, 'http.response.status_code': 200 }, value: 1 },
    ]);
    expect(await collected.points('hdms.client.resends')).toEqual([
      { attributes: { ...common, 'hdms.resend.kind': 'retry', 'hdms.resend.reason': 'SERVER_ERROR' }, value: 2 },
    ]);
    expect(await collected.points('hdms.client.retry.delay')).toMatchObject([
      { attributes: { ...common, 'hdms.resend.reason': 'SERVER_ERROR' }, value: 2 },
    ]);
  });

  test('a redirect is a resend by its status', async () => {
    const collected = collectMetrics();
    const api = await service([{ status: 302, headers: { Location: '/b' } }, { status: 200 }]);

    await clientWith({ transport: transport() }).get(`${api.url}/a`);

    expect(await collected.points('hdms.client.resends')).toMatchObject([
      { attributes: { 'hdms.resend.kind': 'redirect', 'hdms.resend.reason': '302' }, value: 1 },
    ]);
    expect(await collected.points('hdms.client.retry.delay')).toEqual([]);
    expect(await collected.points('hdms.client.call.duration')).toMatchObject([{ value: 1 }]);
  });

  test.each<[string, Answer[], HTTPClientOptions, string, string, number | undefined]>([
    ['a 404', [{ status: 404 }], {}, 'not-retryable', '404', 404],
    ['the last 503', [{ status: 503 }], { retryAttempts: 1 }, 'retries-exhausted', '503', 503],
    ['a timeout', [{ delay: 5000 }], { timeout: 0.02, retryAttempts: 0 }, 'retries-disabled', 'TIMEOUT', undefined],
    ['a deadline', [{ delay: 5000 }], { deadline: 0.1 }, 'not-retryable', 'DEADLINE_EXCEEDED', undefined],
  ])('%s is one refusal', async (_name, answers, options, reason, type, status) => {
    const collected = collectMetrics();
    const api = await service(answers);

    await failureOf(clientWith({ transport: transport(), ...options }).get(api.url));

    const common = { 'http.request.method': 'GET', ...serverOf(api.url) };
    expect(await collected.points('hdms.client.refusals')).toEqual([
      { attributes: { ...common, 'hdms.refusal.reason': reason }, value: 1 },
    ]);
    expect(await collected.points('hdms.client.call.duration')).toMatchObject([
      { attributes: { ...common, 'error.type': type }, value: 1 },
    ]);
    const [request] = await collected.points('http.client.request.duration');
    expect(request?.attributes).toMatchObject({ 'error.type': type });
    expect(request?.attributes['http.response.status_code']).toBe(status);
  });

  test('a response that breaks off has its status and the code of the failure', async () => {
    const collected = collectMetrics();
    const api = await service([
      {
        handle(_request, response) {
          response.writeHead(200, { 'Content-Length': '10' });
          response.write('half', () => response.destroy());
        },
      },
    ]);

    await failureOf(clientWith({ transport: transport(), retryAttempts: 0 }).get(api.url));

    expect(await collected.points('http.client.request.duration')).toMatchObject([
      { attributes: { 'http.response.status_code': 200, 'error.type': 'BODY_TRUNCATED' } },
    ]);
  });

  test('forty paths are one series for each status', async () => {
    const collected = collectMetrics();
    const api = await service((request) => ({ status: request.url.endsWith('7') ? 404 : 200 }));
    const client = clientWith({ transport: transport() });

    for (let id = 0; id < 40; id++) await failureOf(client.get(`${api.url}/users/${id}`));

    const points = await collected.points('http.client.request.duration');
    expect(points.map(({ value }) => value)).toEqual([36, 4]);
  });
});

test('time is left until the deadline', async () => {
  const collected = collectMetrics();
  const api = await service([{ status: 200 }]);

  await clientWith({ deadline: 20 }).get(api.url);

  const [point] = await collected.points('hdms.client.deadline.remaining');
  expect(point?.value).toBe(1);
  expect(point?.sum).toBeGreaterThan(15);
  expect(point?.sum).toBeLessThanOrEqual(20);
});

test('no time is left when the deadline has ended a call', async () => {
  const collected = collectMetrics();
  const api = await service([{ delay: 5000 }]);

  await failureOf(clientWith({ deadline: 0.02 }).get(api.url));

  expect(await collected.points('hdms.client.deadline.remaining')).toMatchObject([{ value: 1, sum: 0 }]);
});

test('a client with a name shows it, and a method that nobody knows is _OTHER', async () => {
  const collected = collectMetrics();
  const api = await service([{ status: 200 }]);

  await clientWith({ name: 'users' }).request('PURGE', api.url);

  for (const name of ['hdms.client.call.duration', 'http.client.request.duration']) {
    expect(await collected.points(name)).toMatchObject([
      { attributes: { 'http.request.method': '_OTHER', 'hdms.client.name': 'users' } },
    ]);
  }
});

test('the option urlTemplate names URLs without their parameters, except those of redirects', async () => {
  const collected = collectMetrics({ urlTemplate: (url) => (url.includes('/users/') ? '/users/{id}' : undefined) });
  const api = await service([{ status: 302, headers: { Location: '/b' } }, { status: 200 }]);

  await clientWith().get(`${api.url}/users/1`);

  expect(await collected.points('hdms.client.call.duration')).toMatchObject([
    { attributes: { 'url.template': '/users/{id}' } },
  ]);
  const requests = await collected.points('http.client.request.duration');
  expect(requests.map(({ attributes }) => attributes['url.template'])).toEqual(['/users/{id}', undefined]);
});

test('a urlTemplate that throws costs only its attribute', async () => {
  jest.spyOn(process, 'emitWarning').mockImplementation();
  const collected = collectMetrics({
    urlTemplate: () => {
      throw new Error('no');
    },
  });
  const api = await service([{ status: 200 }]);

  await clientWith().get(api.url);

  const [point] = await collected.points('hdms.client.call.duration');
  expect(point?.attributes).not.toHaveProperty('url.template');
});

test.each([true, false])(
  'with requestDuration: %s, the metric of requests is there, or not',
  async (requestDuration) => {
    const collected = collectMetrics({ requestDuration });
    const api = await service([{ status: 503 }, { status: 200 }]);

    await clientWith().get(api.url);

    expect((await collected.names()).includes('http.client.request.duration')).toBe(requestDuration);
    expect(await collected.points('hdms.client.resends')).toMatchObject([{ value: 1 }]);
  },
);

test('an SDK that starts later than the recording gets what comes then', async () => {
  startRecording();
  const api = await service([{ status: 200 }]);
  const client = clientWith();
  await client.get(api.url);

  const collected = startSDK();
  await client.get(api.url);

  expect(await collected.points('hdms.client.call.duration')).toMatchObject([{ value: 1 }]);
});

test('nothing is recorded after the stop', async () => {
  const collected = startSDK();
  const stop = startRecording();
  const api = await service([{ status: 200 }]);
  const client = clientWith();
  await client.get(api.url);

  stop();
  await client.get(api.url);

  expect(await collected.points('hdms.client.call.duration')).toMatchObject([{ value: 1 }]);
});

test('no secret is in any attribute', async () => {
  const collected = collectMetrics();
  const api = await service([{ status: 404 }]);
  const url = api.url.replace('http://', 'http://SECRET-user:SECRET-password@');

  await failureOf(
    clientWith({ token: 'SECRET-token' }).get(`${url}/SECRET-path?api_key=SECRET-key`, {
      headers: { Cookie: 'a=SECRET-cookie' },
    }),
  );

  const all = await collected.all();
  expect(all.length).toBeGreaterThan(3);
  expect(JSON.stringify(all)).not.toContain('SECRET');
});
