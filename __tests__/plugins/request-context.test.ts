import type { AxiosRequestConfig } from 'axios';
import { HTTPClient, runInContext, type ContextFacts } from '../../src/index';
import { failure } from '../support/outcome';
import { service, type Service } from '../support/service';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const TRACEPARENT = `00-${TRACE}-00f067aa0ba902b7-01`;
const FAST = { retry: { base: 0.002 } };

/** A context whose caller waits for that many milliseconds more. */
function within(milliseconds: number, facts: ContextFacts = {}): ContextFacts {
  return { ...facts, deadline: performance.now() + milliseconds };
}

/** What came in under a name, request by request. */
function received({ requests }: Service, name: string): unknown[] {
  return requests.map(({ headers }) => headers[name]);
}

test('without a context a call sends nothing of it', async () => {
  const api = await service();

  await new HTTPClient({ deadline: 5 }).get(api.url);

  const names = Object.keys(api.requests[0]?.headers ?? {});
  expect(names.sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host', 'user-agent']);
});

test('in a context a call sends the id, the trace and the chosen headers', async () => {
  const api = await service();
  const context = { requestId: 'edge-1', traceparent: TRACEPARENT, tracestate: 'v=1', baggage: 'user=7' };

  await runInContext({ ...context, headers: { 'X-Tenant': 'north' }, authorization: 'Bearer inbound' }, async () =>
    new HTTPClient().get(api.url),
  );

  const headers = api.requests[0]?.headers;
  expect(headers).toMatchObject({
    'x-request-id': 'edge-1',
    tracestate: 'v=1',
    baggage: 'user=7',
    'x-tenant': 'north',
    // Nobody records a span here, so the parent of what the upstream records is the caller's.
    traceparent: TRACEPARENT,
  });
  expect(headers).not.toHaveProperty('authorization');
  expect(headers).not.toHaveProperty('x-request-timeout-ms');
});

test('a header of a context that has no value is not sent', async () => {
  const api = await service();
  const headers = { 'X-Tenant': undefined, 'X-User': null, 'X-Beta': false, 'X-Shard': 7, 'X-Tag': ['a', 'b'] };

  await runInContext({ headers: headers as never }, async () => new HTTPClient().get(api.url));

  const sent = Object.entries(api.requests[0]?.headers ?? {});
  expect(Object.fromEntries(sent.filter(([name]) => /^x-(?!request)/.test(name)))).toEqual({
    'x-shard': '7',
    'x-tag': 'a, b',
  });
});

test('the calls of a context share an id that is made for it, and the parent id of its caller', async () => {
  const api = await service();
  const client = new HTTPClient();

  await runInContext({ traceparent: TRACEPARENT }, async () => Promise.all([client.get(api.url), client.get(api.url)]));

  const [one, other] = received(api, 'x-request-id');
  expect(one).toMatch(/^[\da-f-]{36}$/);
  expect(other).toBe(one);
  expect(received(api, 'traceparent')).toEqual([TRACEPARENT, TRACEPARENT]);
});

test("a caller's own headers stay, in whatever letters", async () => {
  const api = await service();
  const own = { 'X-REQUEST-ID': 'mine', TraceParent: 'mine', 'x-tenant': 'mine', 'X-Request-timeout-ms': 'mine' };

  await runInContext(within(5000, { traceparent: TRACEPARENT, headers: { 'X-Tenant': 'north' } }), async () =>
    new HTTPClient().get(api.url, { headers: own }),
  );

  const { headers } = api.requests[0] ?? {};
  for (const name of Object.keys(own)) expect(headers?.[name.toLowerCase()]).toBe('mine');
});

test.each([
  ['a traceparent of the caller', 'mine'],
  ['a traceparent that is not to be sent', null],
])('the tracestate of a context is not sent beside %s', async (_, traceparent) => {
  const api = await service();
  const context = { traceparent: TRACEPARENT, tracestate: 'v=1' };

  await runInContext(context, async () => new HTTPClient().get(api.url, { headers: { traceparent } }));

  expect(received(api, 'tracestate')).toEqual([undefined]);
  expect(received(api, 'traceparent')).toEqual([traceparent ?? undefined]);
});

test('what an interceptor of the caller sets is kept too', async () => {
  const api = await service();
  const client = new HTTPClient();
  client.axios.interceptors.request.use((config) => {
    config.headers.set('X-Request-Id', 'from-interceptor');
    return config;
  });

  await runInContext({ requestId: 'edge-1' }, async () => client.get(api.url));

  expect(received(api, 'x-request-id')).toEqual(['from-interceptor']);
});

test('with `requestContext: false` a call belongs to nobody', async () => {
  const api = await service([{ status: 503 }, {}]);
  const client = new HTTPClient({ ...FAST, requestContext: false });
  const context = within(-1, { requestId: 'edge-1', attempt: 2, signal: AbortSignal.abort() });

  const response = await runInContext(context, async () => client.get(api.url));

  expect(response.retries).toBe(1);
  expect(received(api, 'x-request-id')).toEqual([undefined, undefined]);
  expect(received(api, 'x-request-attempt')).toEqual([undefined, undefined]);
});

describe('the time that is left', () => {
  test('ends the call, as its own deadline would', async () => {
    const api = await service([{ handle: () => undefined }]);

    const error = await failure(runInContext(within(300), async () => new HTTPClient({ deadline: 9 }).get(api.url)));

    expect(error).toMatchObject({ code: 'DEADLINE_EXCEEDED', phase: 'headers', sent: 'maybe' });
    expect(error.elapsed).toBeLessThan(2);
  });

  test('is not waited for: a retry that would not fit fails now, with the last real error', async () => {
    const api = await service([{ status: 503 }]);

    const error = await failure(
      runInContext(within(5000), async () => new HTTPClient({ retry: { base: 20 } }).get(api.url)),
    );

    expect(error).toMatchObject({ code: 'DEADLINE_EXCEEDED', cause: { name: 'HTTPError', status: 503 } });
    expect(error.elapsed).toBeLessThan(4);
  });

  test('is the same for a call of `client.axios`', async () => {
    const api = await service([{ handle: () => undefined }]);

    const error = await failure(runInContext(within(80), async () => new HTTPClient().axios.get(api.url)));

    expect(error).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  });

  test('may be over: then nothing is sent, and no token is asked for', async () => {
    const api = await service();
    const token = jest.fn(() => 'token');

    const error = await failure(runInContext(within(-1), async () => new HTTPClient({ token }).get(api.url)));

    expect(error).toMatchObject({ name: 'DeadlineExceeded', sent: 'no', phase: 'connect', attempts: [] });
    expect(error.message).toBe(`GET ${api.url}/: the deadline of the inbound request passed before the call started`);
    expect(token).not.toHaveBeenCalled();
    expect(api.requests).toHaveLength(0);
  });
});

describe('a config that is sent again', () => {
  const first = { requestId: 'first', traceparent: TRACEPARENT, baggage: 'a=1', headers: { 'X-Tenant': 'north' } };

  /** The config of a call that was made in the first context, and had a header of its own. */
  async function sentConfig(client: HTTPClient, url: string): Promise<AxiosRequestConfig> {
    const call = runInContext(first, async () => client.get(url, { headers: { 'X-Own': 'mine' } }));
    const { config } = await failure(call);
    return { ...config, validateStatus: null };
  }

  test('in another context belongs to that one', async () => {
    const api = await service([{ status: 404 }]);
    const client = new HTTPClient();
    const config = await sentConfig(client, api.url);

    await runInContext({ requestId: 'second', traceparent: TRACEPARENT.replaceAll('4b', '5b') }, async () =>
      client.axios.request(config),
    );

    expect(received(api, 'x-request-id')).toEqual(['first', 'second']);
    expect(received(api, 'x-tenant')).toEqual(['north', undefined]);
    expect(received(api, 'baggage')).toEqual(['a=1', undefined]);
    expect(received(api, 'x-own')).toEqual(['mine', 'mine']);
    expect(received(api, 'traceparent')[1]).toBe(TRACEPARENT.replaceAll('4b', '5b'));
  });

  test('in none belongs to none', async () => {
    const api = await service([{ status: 404 }]);
    const client = new HTTPClient();

    await client.axios.request(await sentConfig(client, api.url));

    for (const name of ['x-request-id', 'x-tenant', 'baggage', 'traceparent']) {
      expect(received(api, name)[1]).toBeUndefined();
    }
    expect(received(api, 'x-own')).toEqual(['mine', 'mine']);
  });
});
