import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { HTTPClient } from '../../src/index';
import { httpTransport } from '../../src/transports/http';
import type { Transport } from '../../src/transports/transport';
import { testOfLeanCore } from '../support/lean-only';
import { requests } from '../../src/wire/send-in-turn';
import { service } from '../support/service';

/** The real one, with a look at each request that it is given. */
function watched(look: (path: string) => void): Transport {
  const transport = httpTransport();
  return {
    ...transport,
    dispatch(request, events) {
      look(request.url.pathname);
      return transport.dispatch(request, events);
    },
  };
}

test('a call that is cancelled before the current step is over is never sent', async () => {
  const dispatched: string[] = [];
  const client = new HTTPClient({ transport: watched((path) => dispatched.push(path)) });
  const controller = new AbortController();

  const call = client.get('http://127.0.0.1:1/users', { signal: controller.signal });
  controller.abort();

  await expect(call).rejects.toMatchObject({ code: 'CANCELLED', sent: 'no' });
  await new Promise((resolve) => setImmediate(resolve));
  expect(dispatched).toEqual([]);
});

testOfLeanCore('a call that is alone and has no signal is sent at once', async () => {
  const api = await service([{ status: 204 }]);
  const dispatched: string[] = [];
  const client = new HTTPClient({ transport: watched((path) => dispatched.push(path)) });

  const call = client.get(`${api.url}/users`);

  expect(dispatched).toEqual(['/users']);
  await call;
});

test('the body of a call that is never sent is closed', async () => {
  const bodies: Readable[] = [];
  const client = new HTTPClient();
  const controller = new AbortController();
  const data = (): Readable => {
    const body = Readable.from(['part'], { objectMode: false });
    bodies.push(body);
    return body;
  };

  const call = client.post('http://127.0.0.1:1/users', { data, signal: controller.signal });
  while (bodies.length === 0) await Promise.resolve();
  controller.abort();

  await expect(call).rejects.toMatchObject({ code: 'CANCELLED', sent: 'no' });
  expect(bodies.map(({ destroyed }) => destroyed)).toEqual([true]);
});

test('calls that begin together are sent each in the asynchronous context of its caller', async () => {
  const api = await service([{ status: 204 }]);
  const storage = new AsyncLocalStorage<string>();
  const seen: string[] = [];
  const client = new HTTPClient({ transport: watched((path) => seen.push(`${path} of ${storage.getStore()}`)) });

  await Promise.all(
    ['ada', 'grace'].map(async (name) => storage.run(name, async () => client.get(`${api.url}/${name}`))),
  );

  expect(seen).toEqual(['/ada of ada', '/grace of grace']);
});

testOfLeanCore(
  'the first of several calls is sent at once, the others wait until all responses that have come are dealt with',
  async () => {
    const api = await service([{ status: 204 }]);
    const steps: string[] = [];
    const client = new HTTPClient({ transport: watched((path) => steps.push(path)) });

    const calls = ['/first', '/second', '/third'].map((path) => client.get(api.url + path));
    const turn = new Promise((resolve) => setImmediate(resolve)).then(() => steps.push('turn'));
    expect(steps).toEqual(['/first']);
    await turn;
    expect(steps).toEqual(['/first', '/second', '/third', 'turn']);
    await Promise.all(calls);

    await client.get(`${api.url}/alone`);
    expect(steps.at(-1)).toBe('/alone');
  },
);

test('a call is sent and answered while timers are fake', async () => {
  const api = await service([{ json: { id: 1 } }]);
  jest.useFakeTimers();
  try {
    await expect(new HTTPClient().getJson(api.url)).resolves.toEqual({ id: 1 });
  } finally {
    jest.useRealTimers();
  }
});

// Through axios, it runs from some promises later.
testOfLeanCore('the timeout runs from the moment of the call', async () => {
  const api = await service([{ delay: Infinity }]);
  jest.useFakeTimers();
  try {
    const call = new HTTPClient({ timeout: 5, retryAttempts: 0 }).get(api.url);
    const failed = expect(call).rejects.toMatchObject({ code: 'TIMEOUT' });
    jest.advanceTimersByTime(5000);

    await failed;
  } finally {
    jest.useRealTimers();
  }
});

test('no request stays under way: neither one that fails nor a stream that nobody reads', async () => {
  const api = await service(({ url }) => (url === '/slow' ? { delay: Infinity } : { body: 'text' }));
  const client = new HTTPClient({ retryAttempts: 0 });
  const controller = new AbortController();
  const streamed = { responseType: 'stream' } as const;

  const slow = client.get(`${api.url}/slow`, { signal: controller.signal });
  const unread = [await client.axios.head(api.url, streamed), await client.axios.get<Readable>(api.url, streamed)];
  const read = await client.axios.get<Readable>(api.url, streamed);
  for await (const chunk of read.data) expect(String(chunk)).toBe('text');
  const broken = await client.axios.get<Readable>(api.url, streamed);
  broken.data.destroy();
  await once(broken.data, 'close');
  controller.abort();
  await expect(slow).rejects.toMatchObject({ code: 'CANCELLED' });
  await expect(client.axios.post(api.url, 'x', { transformRequest: () => 1 })).rejects.toMatchObject({ sent: 'no' });

  expect(unread).toHaveLength(2);
  expect(requests.underWay).toBe(0);
});

test('a transport whose destroy throws harms neither the calls that are sent with it nor the process', async () => {
  const api = await service([{}, {}]);
  const transport = httpTransport();
  const client = new HTTPClient({
    retryAttempts: 0,
    transport: {
      ...transport,
      dispatch(request, events) {
        if (request.url.pathname !== '/broken') return transport.dispatch(request, events);
        const exchange = {
          phase: 'headers' as const,
          request: undefined,
          pause: () => undefined,
          resume: () => undefined,
          destroy: () => {
            throw new Error('destroy broke');
          },
        };
        events.head({ status: 200, statusText: '', headers: {}, request: undefined }, exchange);
        throw new Error('dispatch broke');
      },
    },
  });

  const results = await Promise.allSettled(['/a', '/broken', '/b'].map((path) => client.get(`${api.url}${path}`)));

  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
