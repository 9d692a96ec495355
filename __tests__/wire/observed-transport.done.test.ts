import { AsyncLocalStorage } from 'node:async_hooks';
import http from 'node:http';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { HTTPClient, observe, type RequestEnd } from '../../src/index';
import { service } from '../support/service';
import { WAYS } from '../support/ways';

const CHANNEL = '@hdms/http-client:request:done';

/** Runs `run`, which is observed as spans and metrics observe it. */
async function done(run: () => Promise<unknown>, note?: () => void): Promise<readonly RequestEnd[]> {
  const messages: RequestEnd[] = [];
  const onMessage = (message: unknown): void => {
    messages.push(message as RequestEnd);
    note?.();
  };
  subscribe(CHANNEL, onMessage);
  await run();
  unsubscribe(CHANNEL, onMessage);
  return messages;
}

describe.each(WAYS)('over %s', (_, options) => {
  test('who needs no timings learns the connection, new or reused', async () => {
    const api = await service();
    const client = new HTTPClient({ baseURL: api.url, httpAgent: new http.Agent({ keepAlive: true }) });

    const messages = await done(async () => {
      await client.get('/', options);
      await client.get('/', options);
    });

    const facts = { address: '127.0.0.1', port: api.port, protocol: '1.1' };
    expect(messages.map(({ connection }) => connection)).toEqual([
      { ...facts, reused: false },
      { ...facts, reused: true },
    ]);
    expect(messages.map(({ timings }) => timings)).toEqual([undefined, undefined]);
  });

  test('beside an observer of timings, all are measured', async () => {
    const api = await service();
    const ends: RequestEnd[] = [];
    const stop = observe({ requestEnd: (message) => ends.push(message) });

    const messages = await done(async () => new HTTPClient().get(api.url, options));
    stop();

    expect(messages).toEqual(ends);
    expect(ends[0]?.timings?.wait).toBeGreaterThan(0);
  });

  test('messages come in the async context of their call, over a reused connection too', async () => {
    const api = await service();
    const client = new HTTPClient({ baseURL: api.url, httpAgent: new http.Agent({ keepAlive: true }) });
    const users = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];

    await done(
      async () => {
        await users.run('ada', async () => client.get('/', options));
        await users.run('bob', async () => client.get('/', options));
      },
      () => seen.push(users.getStore()),
    );

    expect(seen).toEqual(['ada', 'bob']);
  });
});
