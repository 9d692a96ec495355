import { setTimeout as pause } from 'node:timers/promises';
import { createAuthRefresh } from 'axios-auth-refresh';
import { contextFrom, HTTPClient, runInContext, type ContextFacts, type HTTPClientOptions } from '../../src/index';
import { failure } from '../support/outcome';
import { service, type Service } from '../support/service';

const FAST = { retry: { base: 0.002 } };

/** A context whose caller waits for that many milliseconds more. */
function within(milliseconds: number): ContextFacts {
  return { deadline: performance.now() + milliseconds };
}

/** What came in under a name, request by request. */
function received({ requests }: Service, name: string): unknown[] {
  return requests.map(({ headers }) => headers[name]);
}

describe('attempts', () => {
  test('say which they are from the second on, with or without a context', async () => {
    const api = await service([{ status: 503 }]);
    const client = new HTTPClient({ ...FAST, retryAttempts: 2 });

    await failure(client.get(api.url));
    await failure(runInContext({}, async () => client.get(api.url)));

    expect(received(api, 'x-request-attempt')).toEqual([undefined, '2', '3', undefined, '2', '3']);
  });

  test("keep a caller's own header", async () => {
    const api = await service([{ status: 503 }]);

    await failure(
      new HTTPClient({ ...FAST, retryAttempts: 1 }).get(api.url, { headers: { 'x-request-attempt': '9' } }),
    );

    expect(received(api, 'x-request-attempt')).toEqual(['9', '9']);
  });

  test('that replace one whose token was refused are no second ones', async () => {
    const api = await service(({ headers }) => ({ status: headers.authorization === 'Bearer new' ? 200 : 401 }));
    let token = 'old';
    const source = { getToken: () => token, invalidate: () => (token = 'new') };

    await new HTTPClient({ token: source }).get(api.url);

    expect(api.requests).toHaveLength(2);
    expect(received(api, 'x-request-attempt')).toEqual([undefined, undefined]);
  });

  test('are counted anew in a call that is sent again by an interceptor', async () => {
    const statuses = [503, 503, 401, 503, 200];
    const api = await service(() => ({ status: statuses.shift() ?? 200 }));
    const client = new HTTPClient({ ...FAST, token: null });
    createAuthRefresh(client.axios, async () => Promise.resolve());

    await client.get(api.url);

    expect(received(api, 'x-request-attempt')).toEqual([undefined, '2', '3', undefined, '2']);
  });
});

describe('the time that is left', () => {
  async function sent(context: ContextFacts, options: HTTPClientOptions): Promise<number> {
    const api = await service();
    await runInContext(context, async () => new HTTPClient(options).get(api.url));
    const name = Object.keys(api.requests[0]?.headers ?? {}).find((one) => one.includes('timeout'));
    return Number.parseInt(String(api.requests[0]?.headers[String(name)]));
  }

  test.each<[string, number, HTTPClientOptions, number]>([
    ['less a margin of 20 ms', 3000, {}, 2980],
    ['less a margin of choice', 3000, { requestContext: { margin: 0.5 } }, 2500],
    ["of the call's own deadline, where that is shorter", 9000, { deadline: 2 }, 1980],
    ["of the context, where the call's own is longer", 3000, { deadline: 9 }, 2980],
    ["of the attempt's timeout, where that is shorter", 9000, { timeout: 1 }, 980],
    ['with no timeout at all', 3000, { timeout: Infinity }, 2980],
    ['in a header of choice', 3000, { requestContext: { timeoutHeader: 'x-envoy-expected-rq-timeout-ms' } }, 2980],
    ['in the form of gRPC', 3000, { requestContext: { timeoutHeader: 'grpc-timeout' } }, 2980],
    ['1 ms at the least', 800, { requestContext: { margin: 2 } }, 1],
  ])('is sent on, %s', async (_, left, options, most) => {
    const milliseconds = await sent(within(left), options);

    expect(milliseconds).toBeLessThanOrEqual(most);
    expect(milliseconds).toBeGreaterThan(most - 500);
  });

  test('has its unit, as gRPC wants it', async () => {
    const api = await service();
    const client = new HTTPClient({ requestContext: { timeoutHeader: 'grpc-timeout' } });

    await runInContext(within(3000), async () => client.get(api.url));

    expect(api.requests[0]?.headers['grpc-timeout']).toMatch(/^\d{4}m$/);
  });

  test('is told anew on each attempt, after the token is there', async () => {
    const api = await service([{ status: 503 }, { status: 503 }, {}]);
    const client = new HTTPClient({ retry: { base: 0.03, factor: 1 }, token: async () => pause(30, 'late') });

    await runInContext(within(3000), async () => client.get(api.url));

    const [first = 0, second = 0, third = 0] = received(api, 'x-request-timeout-ms').map(Number);
    expect(first).toBeLessThanOrEqual(2955);
    expect(second).toBeLessThanOrEqual(first - 50);
    expect(third).toBeLessThanOrEqual(second - 50);
  });

  test('is told as the caller has it, where the caller tells it, on each attempt', async () => {
    const api = await service([{ status: 503 }, {}]);

    await runInContext(within(3000), async () =>
      new HTTPClient(FAST).get(api.url, { headers: { 'X-Request-Timeout-Ms': '77' } }),
    );

    expect(received(api, 'x-request-timeout-ms')).toEqual(['77', '77']);
  });

  test('is that of an inbound header', async () => {
    const context = contextFrom({ 'x-request-timeout-ms': '3000' });
    const api = await service();

    await runInContext(context, async () => new HTTPClient().get(api.url));

    expect(Number(api.requests[0]?.headers['x-request-timeout-ms'])).toBeGreaterThan(2500);
  });
});
