import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { HTTPClient } from '../../src/index';
import { Feed, MOST_READERS } from '../../src/inspector/feed';
import { Recorder } from '../../src/inspector/recorder';
import type { Frame, ServiceReport } from '../../src/inspector/report';
import { frames, inspector, open, request } from '../support/inspector';
import { service } from '../support/service';

const SERVICE: ServiceReport = { name: 'desk', pid: 1, node: 'v20', version: '1', maxCalls: 10, maxBytes: 1 };

afterEach(() => {
  jest.useRealTimers();
});

test('first comes all that is kept, then what changes', async () => {
  const api = await service();
  const { url } = await inspector();
  const client = new HTTPClient({ token: null });
  await client.get(`${api.url}/before`);
  const feed = frames(url);

  const first = (await feed.next()).value as Frame;
  await client.get(`${api.url}/after`);
  let next: Frame;
  do next = (await feed.next()).value as Frame;
  while (next.calls.length === 0);

  expect(first.service?.pid).toBe(process.pid);
  expect(first.calls.map((call) => new URL(call.url).pathname)).toEqual(['/before']);
  expect(next.service).toBeUndefined();
  expect(next.calls.map((call) => new URL(call.url).pathname)).toEqual(['/after']);
});

test('at most ten frames a second, and one if nothing happens', async () => {
  const api = await service();
  const client = new HTTPClient({ token: null });
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  const recorder = new Recorder({ maxCalls: 10, maxBytes: 1e6 });
  const feed = new Feed(recorder, SERVICE);
  const reader = fakeReader();
  const framesIn = (milliseconds: number): number => {
    jest.advanceTimersByTime(milliseconds);
    return String(reader.read()).match(/^data: /gm)?.length ?? 0;
  };

  feed.add(reader as never);
  expect(framesIn(0)).toBe(1);
  expect(framesIn(1000)).toBe(1);
  for (let frame = 0; frame < 3; frame++) {
    await client.get(api.url);
    await client.get(api.url);
    expect(framesIn(100)).toBe(1);
  }
  feed.close();
  recorder.close();
});

test('a reader that does not read is cut off', () => {
  jest.useFakeTimers();
  const recorder = new Recorder({ maxCalls: 10, maxBytes: 1e6 });
  const feed = new Feed(recorder, SERVICE);
  const reader = fakeReader();
  feed.add(reader as never);

  Object.defineProperty(reader, 'writableLength', { value: 1024 * 1024 + 1 });
  jest.advanceTimersByTime(100);

  expect(reader.destroyed).toBe(true);
  feed.close();
  recorder.close();
});

test('only so many readers', async () => {
  const { url } = await inspector();
  const readers = await Promise.all(Array.from({ length: MOST_READERS }, () => request(url, '/events')));

  expect(await open(url, '/events')).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });

  readers[0]?.destroy();
  await new Promise((resolve) => setTimeout(resolve, 20));
  const again = await request(url, '/events');
  expect(again.statusCode).toBe(200);
  for (const one of [...readers, again]) one.destroy();
});

test('thousands of calls come in parts, each once and in their order, with what has changed meanwhile', async () => {
  const api = await service();
  const client = new HTTPClient({ token: null, timeout: 30 });
  const { url } = await inspector({ maxCalls: 2000 });
  for (let round = 0; round < 10; round++) {
    await Promise.all(Array.from({ length: 50 }, () => client.get(api.url)));
  }
  const keys: number[] = [];
  let parts = 0;

  for await (const { calls } of frames(url)) {
    keys.push(...calls.map(({ key }) => key));
    parts++;
    if (keys.length >= 500) break;
  }

  expect(parts).toBe(3);
  expect(keys).toEqual([...new Set(keys)].sort((a, b) => a - b));
});

test('a socket that is not read is cut off, and others go on', async () => {
  const call = { key: 1, url: 'x'.repeat(2_000_000) };
  let version = 0;
  const recorder = { clients: () => [], after: () => [], changesSince: () => [call], oldest: 1 };
  const feed = new Feed(Object.defineProperty(recorder, 'version', { get: () => ++version }) as never, SERVICE);
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  const closed: string[] = [];
  const server = http.createServer((incoming, response) => {
    response.once('close', () => closed.push(String(incoming.url)));
    feed.add(response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stuck = await request(url, '/stuck');
  stuck.pause();
  const reading = await request(url, '/reading');
  reading.resume();

  for (let turn = 0; turn < 2000 && closed.length === 0; turn++) {
    if (turn % 20 === 0) jest.advanceTimersByTime(100);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const cutOff = [...closed];
  feed.close();
  for (const one of [stuck, reading]) one.destroy();
  server.close();

  expect(cutOff).toEqual(['/stuck']);
});

function fakeReader(): PassThrough & { writeHead(): void } {
  return Object.assign(new PassThrough({ highWaterMark: 2 ** 24 }), { writeHead: () => undefined });
}
