import axios, { type AxiosAdapter } from 'axios';
import { Call } from '../../src/call/call';
import { callRing } from '../../src/client/rings';
import type { CallPlugin } from '../../src/plugins/plugin';

const OK: AxiosAdapter = async (config) =>
  Promise.resolve({ data: 'fine', status: 200, statusText: '', headers: {}, config });
const DOWN: AxiosAdapter = async () => Promise.reject(new Error('down'));

/** Sends a request through `plugins`. */
async function send(adapter: AxiosAdapter, ...plugins: readonly CallPlugin[]): Promise<unknown> {
  const http = axios.create({ adapter });
  callRing(...plugins).install(http);
  const answer = http.request<unknown>({ url: 'http://user-service/' });
  return answer.then(
    ({ data }) => data,
    (error: unknown) => error,
  );
}

function noting(name: string, log: string[]): CallPlugin {
  return {
    name,
    request: () => void log.push(`${name} request`),
    response: () => log.push(`${name} response`),
    failure: (error) => {
      log.push(`${name} failure`);
      return error;
    },
  };
}

test('plugins see the request from the outside in, and the response from the inside out', async () => {
  const log: string[] = [];

  expect(await send(OK, noting('outer', log), noting('inner', log))).toBe('fine');

  expect(log).toEqual(['outer request', 'inner request', 'inner response', 'outer response']);
});

test('a failure goes outwards, and each plugin gets what the one before made of it', async () => {
  const log: string[] = [];
  const later: CallPlugin = {
    name: 'later',
    failure: async (error) => Promise.resolve(new Error(`${String(error)}!`)),
  };
  const atOnce: CallPlugin = { name: 'at-once', failure: (error) => new Error(`${String(error)}?`) };

  const error = await send(DOWN, noting('outer', log), later, atOnce);

  expect(String(error)).toBe('Error: Error: Error: down?!');
  expect(log).toEqual(['outer request', 'outer failure']);
});

test('a plugin that fails later passes its failure on', async () => {
  const log: string[] = [];
  const failing: CallPlugin = { name: 'failing', failure: async () => Promise.reject(new Error('of the plugin')) };

  const error = await send(DOWN, noting('outer', log), failing);

  expect(String(error)).toBe('Error: of the plugin');
  expect(log).toEqual(['outer request', 'outer failure']);
});

test('a plugin that takes its time is waited for', async () => {
  const log: string[] = [];
  const slow: CallPlugin = {
    name: 'slow',
    request: async () => {
      await new Promise(setImmediate);
      log.push('slow request');
    },
  };

  await send(OK, slow, noting('inner', log));

  expect(log).toEqual(['slow request', 'inner request', 'inner response']);
});

test('plugins of one ring share the call', async () => {
  const seen: unknown[] = [];
  const look: CallPlugin = { name: 'look', request: (_, call) => void seen.push(call) };

  await send(OK, look, look);

  expect(seen).toEqual([expect.any(Call), expect.any(Call)]);
  expect(seen[0]).toBe(seen[1]);
});
