import { HTTPClient } from '../../src/index';
import { Recorder } from '../../src/inspector/recorder';
import { service } from '../support/service';

const MIB = 1024 * 1024;
const recorders: Recorder[] = [];

afterEach(() => {
  for (const one of recorders.splice(0)) one.close();
});

function recorder(limits: Partial<{ maxCalls: number; maxBytes: number }> = {}): Recorder {
  const one = new Recorder({ maxCalls: 1000, maxBytes: 8 * MIB, ...limits });
  recorders.push(one);
  return one;
}

function underWay(kept: Recorder, client: HTTPClient): number | undefined {
  return kept.clients().find(({ clientId }) => clientId === client.id)?.underWay;
}

test('of a call with a very long URL, headers and message, the beginning is kept, and no other call is lost for it', async () => {
  const api = await service();
  const kept = recorder({ maxBytes: 256 * 1024 });
  const client = new HTTPClient({ token: null, retryAttempts: 0 });
  await client.get(`${api.url}/before`);

  await client
    .get(`http://127.0.0.1:1/${'x'.repeat(5 * MIB)}`, { headers: { 'X-Long': 'y'.repeat(MIB) } })
    .catch(String);
  await new HTTPClient({ token: () => Promise.reject(new Error('z'.repeat(MIB))) }).get(api.url).catch(String);

  const calls = kept.changesSince(0);
  expect(calls.map(({ state }) => state)).toEqual(['ok', 'failed', 'failed']);
  expect(JSON.stringify(kept.details()).length).toBeLessThan(64 * 1024);
  expect(calls[1]?.url).toMatch(/^http:\/\/127\.0\.0\.1:1\/x+… \(\d+ characters\)$/);
});

/** axios's own core begins a call a moment later. */
const begun = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('calls in flight', () => {
  test('that began before the recording are counted from their first message on', async () => {
    const api = await service(() => ({ delay: 20 }));
    const client = new HTTPClient({ token: null });
    const other = recorder();
    const call = client.get(api.url);
    const late = recorder();

    await call;
    await client.get(api.url);

    expect([underWay(other, client), underWay(late, client)]).toEqual([0, 0]);
  });

  test('that were forgotten leave no count behind, whenever they began', async () => {
    const api = await service(({ url }) => ({ delay: url === '/slow' ? 200 : 0 }));
    const client = new HTTPClient({ token: null });
    recorder();
    const early = client.get(`${api.url}/slow`);
    await begun();
    const kept = recorder({ maxCalls: 1 });
    const slow = [client.get(`${api.url}/slow`), client.get(`${api.url}/slow`)];
    await client.get(api.url);

    expect(underWay(kept, client)).toBe(2);
    await Promise.all([early, ...slow]);
    expect(underWay(kept, client)).toBe(0);
  });

  test('are counted beyond the calls that are kept', async () => {
    const api = await service(() => ({ delay: 200 }));
    const client = new HTTPClient({ token: null });
    const kept = recorder({ maxCalls: 2 });

    const calls = Array.from({ length: 5 }, () => client.get(api.url));
    await begun();

    expect(underWay(kept, client)).toBe(5);
    await Promise.all(calls);
    expect(underWay(kept, client)).toBe(0);
  });
});

test('of very many clients, those that call are kept', async () => {
  const api = await service();
  const kept = recorder();
  const steady = new HTTPClient({ name: 'steady', token: null });
  const slow = new HTTPClient({ name: 'slow', token: null }).get(api.url);

  for (let number = 0; number < 150; number++) {
    await new HTTPClient({ token: null }).get('not a URL').catch(String);
    if (number % 50 === 0) await steady.get(api.url);
  }
  await slow;

  const clients = kept.clients();
  expect(clients).toHaveLength(100);
  expect(clients.map(({ name }) => name)).toContain('steady');
  expect(Math.min(...clients.map((one) => one.underWay))).toBe(0);
});

test('close() lets go of everything', async () => {
  const api = await service();
  const kept = recorder();
  await new HTTPClient({ token: null }).get(api.url);

  kept.close();
  await new HTTPClient({ token: null }).get(api.url);

  expect([kept.changesSince(0), kept.details(), kept.clients()]).toEqual([[], [], []]);
});
