import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { getAdapter } from 'axios';
import { HTTPClient, observe } from '../../src/index';
import { EventLog } from '../support/event-log';
import { service } from '../support/service';

test('the config of an adapter has a copy of the headers while it is observed, and its own afterwards', async () => {
  const api = await service();
  const seen: unknown[] = [];
  const client = new HTTPClient({
    adapter: (config) => {
      seen.push(config.headers.get('x-span'));
      return Promise.resolve({ status: 200, statusText: '', headers: {}, config, data: config.headers });
    },
  });
  const stop = observe({ requestStart: ({ request }) => { request.setHeader('X-Span', '1'); } }); // prettier-ignore

  const { config } = await client.get(api.url);
  stop();
  await client.get(api.url);

  expect(seen).toEqual(['1', undefined]);
  expect(config.headers).not.toHaveProperty('X-Span');
});

test('an adapter that lost is over before its call', async () => {
  const log = new EventLog();
  let count = 0;
  const client = new HTTPClient({
    hedging: { delay: 0.001 },
    adapter: (config) => {
      if (count++ === 0) return new Promise(() => undefined);
      return Promise.resolve({ status: 200, statusText: '', headers: {}, config, data: '' });
    },
  });

  await client.get('http://a.test/');

  expect(log.story.slice(-3)).toEqual(['request end CANCELLED', 'attempt end lost', 'call end 200']);
});

describe('an adapter around that of the client', () => {
  function wrapped(): HTTPClient {
    const client = new HTTPClient({ retry: { base: 0.001 } });
    const send = getAdapter(client.axios.defaults.adapter);
    client.axios.defaults.adapter = async (config) => send(config);
    return client;
  }

  test('publishes each request once, redirects and retries too', async () => {
    const api = await service([{ status: 503 }, { status: 302, headers: { location: '/other' } }, { json: 1 }]);
    const log = new EventLog();

    await wrapped().get(api.url);

    const { story } = log;
    await api.close();
    const plain = await service([{ status: 503 }, { status: 302, headers: { location: '/other' } }, { json: 1 }]);
    const other = new EventLog();
    await new HTTPClient({ retry: { base: 0.001 } }).get(plain.url);
    expect(story).toEqual(other.story);
    expect(story.filter((line) => line.startsWith('request end'))).toHaveLength(3);
  });

  test('may send two requests at once, of which each has its own redirect and its own end', async () => {
    const moved = { status: 302, headers: { location: '/other' } };
    const api = await service([moved, moved, { json: 1 }, { json: 1 }]);
    const client = new HTTPClient();
    const send = getAdapter(client.axios.defaults.adapter);
    client.axios.defaults.adapter = async (config) => {
      const [first] = await Promise.all([send(config), send(config)]);
      return first;
    };
    const ended: string[] = [];
    const stop = observe({
      requestEnd({ request, response }) {
        ended.push(`${new URL(request.url).pathname} ${String(response?.status)}`);
      },
    });

    await client.get(`${api.url}/first`);
    stop();

    expect(ended.sort()).toEqual(['/first 302', '/first 302', '/other 200', '/other 200']);
  });

  test('publishes the connection and the timings of its request', async () => {
    const api = await service([{ json: 1 }]);
    const log = new EventLog();

    await wrapped().get(api.url);

    const end = log.entries.find(({ kind }) => kind === 'requestEnd');
    expect(end?.connection).toMatchObject({ port: api.port, protocol: '1.1' });
    expect(end?.timings).toBeDefined();
  });

  test('publishes the headers of a stream once, and its end', async () => {
    const api = await service([{ json: 1 }]);
    const log = new EventLog();

    const { data } = await wrapped().get<Readable>(api.url, { responseType: 'stream' });
    await text(data);

    expect(log.entries.map(({ kind }) => kind).filter((kind) => kind.startsWith('request'))).toEqual([
      'requestStart',
      'requestHeaders',
      'requestEnd',
    ]);
  });

  test('sends what a subscriber sets, once', async () => {
    const api = await service();
    const stop = observe({ requestStart: ({ request }) => { request.setHeader('X-Span', '1'); } }); // prettier-ignore

    await wrapped().get(api.url);
    stop();

    expect(api.requests[0]?.headers['x-span']).toBe('1');
  });
});
