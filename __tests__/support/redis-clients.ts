import { Redis } from 'ioredis';
import { createClient } from 'redis';
import type { IORedisClient, NodeRedisClient } from '../../src/stores/redis-commands';
import type { RedisServer } from './redis';

export type Connect = (server: RedisServer) => Promise<IORedisClient | NodeRedisClient>;

const open: (() => void)[] = [];

afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** How each library connects, with what it does by default; the clients are closed after the test. */
export const LIBRARIES: readonly (readonly [string, Connect])[] = [
  ['ioredis', ioredis],
  ['redis', nodeRedis],
];

export async function ioredis({ port }: RedisServer): Promise<Redis> {
  const client = new Redis(port, '127.0.0.1', { lazyConnect: true });
  client.on('error', () => undefined);
  open.push(() => {
    client.disconnect();
  });
  await client.connect();
  return client;
}

export async function nodeRedis({ url }: RedisServer): Promise<NodeRedisClient> {
  const client = createClient({ url });
  open.push(() => {
    if (client.isOpen) client.destroy();
  });
  // No listener for its errors: the store has to see to that itself.
  await client.connect();
  return client;
}
