// A process that always has requests to send, at a rate that it shares through Redis. rate-process.ts starts it, with the built
// package, and talks to it over IPC.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { createClient } from 'redis';

const { directory, library, redis, rate, width, seconds } = JSON.parse(process.argv[2]);
const require = createRequire(join(directory, 'dist/index.js'));
const { SharedRateLimit } = require('./resilience/shared-rate-limit');
const { redisRateLimitStore } = require('./stores/redis-rate-limit-store');

async function connect() {
  if (library === 'ioredis') return new Redis(redis).on('error', () => undefined);
  const client = createClient({ url: redis });
  await client.connect();
  return client;
}

let trips = 0;
const warnings = [];
process.on('warning', ({ code }) => warnings.push(code));

const store = redisRateLimitStore(await connect());
const counted = {
  lease: (...args) => ((trips += 1), store.lease(...args)),
  giveBack: (...args) => ((trips += 1), store.giveBack(...args)),
};
const limit = new SharedRateLimit(counted, 'key', { rate, burst: 1, maxWait: Infinity }, () => performance.now());

/** When each request was sent, in milliseconds since the epoch. */
const sent = [];
let failed = 0;

async function sendUntil(end) {
  while (performance.now() < end) {
    try {
      const at = await limit.reserve(performance.now());
      await sleep(Math.max(0, at - performance.now()));
      sent.push(Date.now());
    } catch {
      failed += 1;
    }
  }
}

process.once('message', async () => {
  const end = performance.now() + seconds * 1000;
  await Promise.all(Array.from({ length: width }, () => sendUntil(end)));
  process.send({ sent, trips, failed, warnings }, () => process.exit());
});
process.on('disconnect', () => process.exit());
process.send('ready');
