import { Worker } from 'node:worker_threads';
import { HTTPClient, observe } from '../../src/index';
import { anotherCopy } from '../support/another-copy';
import { service } from '../support/service';
import { call, ONCE, scene } from './client-scene';

test('health counts no calls of another copy of the package', async () => {
  const { users, health } = await scene([{ status: 500 }]);
  const copy = anotherCopy();
  expect(copy.HTTPClient).not.toBe(HTTPClient);
  const other = new copy.HTTPClient({ ...ONCE, baseURL: users.axios.defaults.baseURL ?? '' });

  await other.get('/users').catch(() => undefined);
  expect(other.id).not.toBe(users.id);
  expect(health.check('users').users).toEqual({ status: 'up' });

  await call(users);
  expect(health.check('users').users).toMatchObject({ status: 'down', lastOutcome: 500 });
});

test('an observer sees the calls of copies that were loaded before and after it, each once', async () => {
  const api = await service([{}]);
  const before = anotherCopy();
  const ends: unknown[] = [];
  const stop = observe({
    // Not those of tests before, which may still be under way in this process.
    callEnd: ({ call: { client }, response }) => client !== undefined && ends.push([client, response?.status]),
  });
  const after = anotherCopy();

  for (const [name, { HTTPClient: Client }] of Object.entries({ before, own: { HTTPClient }, after })) {
    await new Client({ name, baseURL: api.url }).get('/');
  }
  stop();
  await new HTTPClient({ name: 'late', baseURL: api.url }).get('/');

  expect(ends).toEqual([
    ['before', 200],
    ['own', 200],
    ['after', 200],
  ]);
});

test('the stream of a worker thread is separate', async () => {
  const ends: unknown[] = [];
  const stop = observe({ callEnd: (message) => ends.push(message) });
  const script = `
    const { channel } = require('node:diagnostics_channel');
    channel('@hdms/http-client:call:end').publish({});
    require('node:worker_threads').parentPort.postMessage(channel('@hdms/http-client:call:end').hasSubscribers);
  `;
  const worker = new Worker(script, { eval: true });

  const isHeard = await new Promise((resolve) => worker.once('message', resolve));
  await worker.terminate();
  stop();

  expect({ isHeard, ends }).toEqual({ isHeard: false, ends: [] });
});
