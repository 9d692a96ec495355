import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { HTTPClient, type RequestOptions } from '../../src/index';
import { failure, timers } from '../support/outcome';
import { held } from '../support/held';
import { service } from '../support/service';
import { WAYS } from '../support/ways';

/** Seconds. */
const DELAY = 0.005;

const hedged = (options: RequestOptions = {}): RequestOptions => ({ hedging: { delay: DELAY }, ...options });

describe.each(WAYS)('over %s', (_, way) => {
  test('the second attempt wins where the first is slow, which is closed at the service', async () => {
    const slow = held();
    const api = await service([slow, { json: { id: 7 } }]);

    const response = await new HTTPClient().get(api.url, hedged(way));
    await slow.left;

    expect(response.data).toEqual({ id: 7 });
    expect(response.retries).toBe(0);
    expect(response.config.call?.attempts).toMatchObject([
      { outcome: 'lost' },
      { outcome: 200, decision: 'done', hedge: true },
    ]);
    expect(response.config.call?.attempts[0]).not.toHaveProperty('hedge');
    expect(response.config.call?.attempts[0]).not.toHaveProperty('decision');
  });

  test('the first attempt wins where it was not that slow, and the second is closed', async () => {
    const [first, slow] = [held(), held()];
    const api = await service([first, slow]);
    void slow.arrived.then(() => {
      first.reply('first');
    });

    const { data, config } = await new HTTPClient().get(api.url, hedged(way));
    await slow.left;

    expect(data).toBe('first');
    expect(config.call?.attempts).toMatchObject([
      { outcome: 200, decision: 'done' },
      { outcome: 'lost', hedge: true },
    ]);
  });

  test('a fast attempt is alone, and leaves no timer', async () => {
    const api = await service();
    const client = new HTTPClient({ hedging: { delay: 60 } });
    const before = timers();

    await client.get(api.url, way);

    expect(api.requests).toHaveLength(1);
    expect(timers()).toBeLessThanOrEqual(before);
  });

  test('the body of the winner is a stream that can be read to its end', async () => {
    const slow = held();
    const body = 'part '.repeat(50_000);
    const api = await service([slow, { body }]);

    const { data } = await new HTTPClient().get<Readable>(api.url, hedged({ ...way, responseType: 'stream' }));
    await slow.left;

    expect(await text(data)).toBe(body);
  });

  test('the caller that cancels closes both, and gets one error', async () => {
    const slow = [held(), held()] as const;
    const caller = new AbortController();
    const api = await service(({ url }) => {
      const index = api.requests.length - 1;
      if (index === 1) setImmediate(caller.abort.bind(caller), new Error(`enough of ${url}`));
      return slow[index] ?? {};
    });

    const error = await failure(new HTTPClient().get(`${api.url}/x`, hedged({ ...way, signal: caller.signal })));
    await Promise.all(slow.map(({ left }) => left));

    expect(error).toMatchObject({ code: 'CANCELLED', retries: 0, cause: { message: 'enough of /x' } });
    expect(error.attempts.filter(({ decision }) => decision === 'fail')).toMatchObject([{ reason: 'cancelled' }]);
    expect(error.attempts.map(({ outcome }) => outcome)).toEqual(['CANCELLED', 'CANCELLED']);
    expect(api.requests).toHaveLength(2);
  });

  test('the deadline ends both', async () => {
    const slow = [held(), held()] as const;
    const api = await service([{}, ...slow]);
    const client = new HTTPClient();
    await client.get(api.url, way);

    const error = await failure(client.get(api.url, hedged({ ...way, deadline: 0.4 })));
    await Promise.all(slow.map(({ left }) => left));

    expect(error).toMatchObject({ code: 'DEADLINE_EXCEEDED', retries: 0 });
    // Of two clocks, one is the first.
    const outcomes = error.attempts.map(({ outcome }) => outcome);
    expect(outcomes).toContain('DEADLINE_EXCEEDED');
    expect(['lost', 'DEADLINE_EXCEEDED']).toEqual(expect.arrayContaining(outcomes));
  });
});

test('the headers of the second are those of the first, the attempt has the same number', async () => {
  const api = await service([held(), {}]);
  const client = new HTTPClient({ token: 'a-token', headers: { 'X-Service': 'tickets' } });

  await client.get(api.url, hedged({ params: { page: 2 } }));

  const [first, second] = api.requests;
  expect(second?.url).toBe('/?page=2');
  expect(second?.headers).toEqual(first?.headers);
});

test('a POST is hedged only where that is wanted, with one Idempotency-Key', async () => {
  const api = await service([{ delay: 15 }, held(), { status: 201 }]);
  const client = new HTTPClient({ hedging: { delay: DELAY } });
  await client.post(api.url, { json: { name: 'Ada' } });
  expect(api.requests).toHaveLength(1);

  await client.post(api.url, { json: { name: 'Ada' }, hedging: { delay: DELAY, methods: ['post'] } });

  const [, first, second] = api.requests;
  expect(first?.headers['idempotency-key']).toMatch(/^[\da-f-]{36}$/);
  expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
  expect(second?.headers['content-type']).toBe('application/json');
  expect(second?.body.toString()).toBe('{"name":"Ada"}');
});

test.each([
  ['a form', { a: 1 }, 'a=1'],
  ['bytes', new Uint8Array([65, 66]), 'AB'],
  ['a Blob', new Blob(['blob']), 'blob'],
  ['a function', () => Readable.from(['fresh']), 'fresh'],
])('%s is sent twice as it is', async (_, data, body) => {
  const api = await service([held(), {}]);

  await new HTTPClient().put(api.url, { data, hedging: { delay: DELAY, methods: ['PUT'] } });

  expect(api.requests.map((request) => request.body.toString())).toEqual([body, body]);
  expect(api.requests[1]?.headers['content-type']).toBe(api.requests[0]?.headers['content-type']);
});

test('a body that is a stream is not hedged', async () => {
  const api = await service([{ delay: 15 }]);
  const data = Readable.from(['once']);

  const { status } = await new HTTPClient().post(api.url, { data, hedging: { delay: DELAY, methods: ['POST'] } });

  expect(status).toBe(200);
  expect(api.requests).toHaveLength(1);
});
