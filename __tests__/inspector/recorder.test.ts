import { HTTPClient, runInContext, tokenService } from '../../src/index';
import { Recorder } from '../../src/inspector/recorder';
import { service } from '../support/service';

const recorders: Recorder[] = [];

afterEach(() => {
  for (const one of recorders.splice(0)) one.close();
});

function recorder(limits: Partial<{ maxCalls: number; maxBytes: number }> = {}): Recorder {
  const one = new Recorder({ maxCalls: 1000, maxBytes: 8 * 1024 * 1024, ...limits });
  recorders.push(one);
  return one;
}

test('keeps calls with their attempts and requests', async () => {
  const api = await service([{ status: 503 }, { status: 302, headers: { Location: '/there' } }, { json: {} }]);
  const kept = recorder();
  const client = new HTTPClient({ name: 'users', token: null, retry: { base: 0.001 }, deadline: 5 });

  await runInContext({ requestId: 'req-1', route: () => '/desk/:id' }, () => client.get(`${api.url}/here`));

  expect(kept.changesSince(0)).toMatchObject([
    {
      ...{ client: 'users', method: 'GET', url: `${api.url}/here`, state: 'ok', status: 200, limit: 5, retries: 1 },
      context: { requestId: 'req-1', route: '/desk/:id' },
      attempts: [
        { outcome: 503, decision: 'retry', reason: 'SERVER_ERROR', requests: [{ status: 503 }] },
        { outcome: 200, decision: 'done', requests: [{ status: 302 }, { status: 200, url: `${api.url}/there` }] },
      ],
    },
  ]);
});

test('a call that fails before it sends anything has the URL that was asked for, and says why', async () => {
  const kept = recorder();

  await new HTTPClient({ token: () => Promise.reject(new Error('issuer down')) })
    .get('http://a.test/x?token=secret')
    .catch(() => undefined);

  expect(kept.changesSince(0)).toMatchObject([
    {
      url: 'http://a.test/x?token=***',
      state: 'failed',
      error: { name: 'TokenError', code: 'TOKEN_UNAVAILABLE' },
      attempts: [],
    },
  ]);
});

test('tells what has changed', async () => {
  const api = await service();
  const kept = recorder();
  const client = new HTTPClient({ token: null });
  await client.get(api.url);
  const { version } = kept;

  expect(kept.changesSince(version)).toEqual([]);
  await client.get(`${api.url}/second`);
  expect(kept.changesSince(version).map(({ url }) => url)).toEqual([`${api.url}/second`]);
});

test('forgets the oldest calls above `maxCalls`', async () => {
  const api = await service();
  const kept = recorder({ maxCalls: 3 });
  const client = new HTTPClient({ token: null });

  for (let number = 1; number <= 5; number++) await client.get(`${api.url}/${number}`);

  const calls = kept.changesSince(0);
  expect(calls.map(({ url }) => new URL(url).pathname)).toEqual(['/3', '/4', '/5']);
  expect(kept.oldest).toBe(calls[0]?.key);
});

test('long URLs and headers do not pass `maxBytes`', async () => {
  const api = await service();
  const kept = recorder({ maxBytes: 256 * 1024 });
  const client = new HTTPClient({ token: null });

  for (let number = 1; number <= 10; number++) {
    await client.get(`${api.url}/${'x'.repeat(7000)}`, { headers: { 'X-Long': 'y'.repeat(7000) } });
  }
  await client.get(`${api.url}/last`);

  const calls = kept.changesSince(0);
  expect(calls.length).toBeLessThan(10);
  expect(calls.at(-1)?.url).toBe(`${api.url}/last`);
});

test('counts for each client', async () => {
  const api = await service([{ status: 200 }, { status: 404 }]);
  const kept = recorder();
  const client = new HTTPClient({ name: 'users', token: null });
  await client.get(api.url);
  await client.get(api.url).catch(() => undefined);

  const report = kept.clients().find(({ name }) => name === 'users');

  expect(report).toMatchObject({ clientId: client.id, hosts: [api.url], underWay: 0 });
  const sumOf = (kind: 0 | 2): number => (report?.seconds ?? []).reduce((sum, counts) => sum + counts[kind], 0);
  expect([sumOf(0), sumOf(2)]).toEqual([1, 1]);
});

test('a circuit and a token are shown as the client tells', async () => {
  const api = await service(() => ({ status: 500 }));
  const kept = recorder();
  const exp = Math.floor(Date.now() / 1000) + 600;
  const token = `e30.${Buffer.from(JSON.stringify({ exp })).toString('base64url')}.x`;
  const client = new HTTPClient({
    name: 'shaky',
    token: () => token,
    retryAttempts: 0,
    circuitBreaker: { minimumCalls: 2 },
  });

  for (let number = 0; number < 2; number++) await client.get(api.url).catch(() => undefined);

  expect(kept.clients().find(({ name }) => name === 'shaky')).toMatchObject({
    breaker: 'open',
    tokenExpiresAt: exp * 1000,
  });
});

test('a request to an issuer is kept, and ends with its response', async () => {
  const issuer = await service([
    { status: 503 },
    { json: { access_token: 'token', expires_in: 600 } },
    { status: 400 },
  ]);
  const api = await service();
  const kept = recorder();
  const client = (): HTTPClient =>
    new HTTPClient({ token: tokenService({ url: `${issuer.url}/token`, clientId: 'me', clientSecret: 'mine' }) });

  await client().get(api.url);
  await client()
    .get(api.url)
    .catch(() => undefined);
  await new Promise(setImmediate);

  const [first, second, ...others] = kept.changesSince(0).filter(({ clientId }) => clientId === 0);
  expect(first).toMatchObject({
    ...{ method: 'POST', url: `${issuer.url}/token`, state: 'ok', status: 200, error: undefined },
    attempts: [{ outcome: 503, decision: 'retry' }, { outcome: 200 }],
  });
  expect(second).toMatchObject({ state: 'failed', status: 400, error: { code: 'CLIENT_ERROR' } });
  expect(others).toEqual([]);
  expect(kept.clients().find(({ clientId }) => clientId === 0)).toMatchObject({ underWay: 0, hosts: [issuer.url] });
});
