import { HTTPClient } from '../../src/index';
import { openConnections, showConnections } from '../../src/events/open-connections';
import { httpPools } from '../../src/transports/http-pools';
import { undici } from '../../src/transports/undici';
import { collect } from '../support/collect';
import { held } from '../support/held';
import { service } from '../support/service';

/** Of all clients to one service. */
function connectionsTo(url: string): { active: number; idle: number } {
  const those = openConnections().filter(({ port }) => port === Number(new URL(url).port));
  return {
    active: those.reduce((sum, { active }) => sum + active, 0),
    idle: those.reduce((sum, { idle }) => sum + idle, 0),
  };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(setImmediate);
}

const TRANSPORTS = [
  ['http', () => 'http' as const],
  ['undici', () => undici()],
] as const;

test.each(TRANSPORTS)(
  'over %s, a connection is active, then idle, and gone when its client is closed',
  async (_, transport) => {
    const response = held();
    const api = await service([response]);
    const client = new HTTPClient({ transport: transport() });

    const call = client.get(api.url);
    await response.arrived;
    expect(connectionsTo(api.url)).toEqual({ active: 1, idle: 0 });

    response.reply();
    await call;
    await until(() => connectionsTo(api.url).idle === 1);
    expect(connectionsTo(api.url)).toEqual({ active: 0, idle: 1 });

    client.close();
    await until(() => connectionsTo(api.url).idle === 0);
    expect(connectionsTo(api.url)).toEqual({ active: 0, idle: 0 });
  },
);

test.each([
  ['a set', () => new Set()],
  ['the agents of a transport', () => httpPools({ maxIdle: 1000, maxAge: Infinity, perOrigin: Infinity })],
])('a pool that nobody uses any more is forgotten: %s', async (_, makePool) => {
  const weak = (function leave() {
    const pool = makePool();
    showConnections(pool, () => [{ address: 'users', port: 1, active: 1, idle: 0 }]);
    return new WeakRef(pool);
  })();
  expect(openConnections()).toContainEqual(expect.objectContaining({ address: 'users' }));
  await new Promise(setImmediate);

  collect();

  expect(weak.deref()).toBeUndefined();
  expect(openConnections()).not.toContainEqual(expect.objectContaining({ address: 'users' }));
});
