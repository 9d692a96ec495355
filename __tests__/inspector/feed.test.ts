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

test('at most ten frames a second, however much happens', () => {
  jest.useFakeTimers();
  const recorder = new Recorder({ maxCalls: 10, maxBytes: 1e6 });
  const feed = new Feed(recorder, SERVICE);
  const reader = fakeReader();

  feed.add(reader as never);
  jest.advanceTimersByTime(1000);

  expect(String(reader.read()).match(/^data: /gm)).toHaveLength(11);
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

function fakeReader(): PassThrough & { writeHead(): void } {
  return Object.assign(new PassThrough({ highWaterMark: 2 ** 24 }), { writeHead: () => undefined });
}
