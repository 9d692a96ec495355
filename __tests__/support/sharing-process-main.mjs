// A service that calls another one, in a process of its own, with tokens that it shares through Redis. sharing-process.ts
// starts it, with the built package, and talks to it over IPC.
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { createClient } from 'redis';

const { directory, library, redis, encryptionKey, ...service } = JSON.parse(process.argv[2]);
const { HTTPClient, redisTokenStore, tokenService } = createRequire(directory)(directory);

async function connect() {
  if (library === 'ioredis') return new Redis(redis).on('error', () => undefined);
  const client = createClient({ url: redis });
  await client.connect();
  return client;
}

const store = redisTokenStore(await connect(), { encryptionKey, timeout: 1 });
const client = new HTTPClient({ token: tokenService({ ...service, store }), retryAttempts: 0 });

const outcomeOf = (call) =>
  call.then(
    () => 'ok',
    (error) => String(error),
  );

/** Calls the other service in `rounds`, each of `width` calls at the same time. */
process.on('message', async ({ url, width, rounds, pause }) => {
  const calls = [];
  for (let round = 0; round < rounds; round++) {
    if (round > 0) await sleep(pause);
    for (let i = 0; i < width; i++) calls.push(outcomeOf(client.get(url)));
  }
  process.send({ outcomes: await Promise.all(calls) });
});
process.on('disconnect', () => process.exit());
process.send('ready');
