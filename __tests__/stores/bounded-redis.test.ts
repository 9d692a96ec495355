import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { BoundedRedis } from '../../src/stores/bounded-redis';
import type { RedisCommands } from '../../src/stores/redis-commands';

const RESTS = 'Redis failed a moment ago and is not tried again yet';

/** A client of Redis that answers `get` so. */
function redisThat(get: RedisCommands['get'], isReady: () => boolean = () => true): RedisCommands {
  return {
    events: new EventEmitter(),
    isReady,
    get,
    set: async () => Promise.resolve(),
    setIfAbsent: async () => Promise.resolve(true),
    deleteIfEqual: async () => Promise.resolve(),
    evaluate: async () => Promise.resolve(),
  };
}

const get = async (redis: RedisCommands): Promise<string | undefined> => redis.get('key');

test('an answer is handed on', async () => {
  const redis = new BoundedRedis(
    redisThat(async () => Promise.resolve('value')),
    1000,
  );

  await expect(redis.run(get)).resolves.toBe('value');
});

test('a failure is told without the error of the library, and Redis rests', async () => {
  const failing = redisThat(async () => Promise.reject(Object.assign(new Error('NOAUTH'), { command: 'AUTH s3cret' })));
  const redis = new BoundedRedis(failing, 1000);

  const error: unknown = await redis.run(get).catch((thrown: unknown) => thrown);

  expect(error).toEqual(new Error('The Redis command failed: NOAUTH'));
  expect(error).not.toHaveProperty('cause');
  await expect(redis.run(get)).rejects.toThrow(RESTS);
});

test('what takes too long fails, and its late answer is told of', async () => {
  let answer = (_: string): void => undefined;
  const slow = redisThat(async () => new Promise((resolve) => (answer = resolve)));
  const redis = new BoundedRedis(slow, 5);
  const onLate = jest.fn();

  await expect(redis.run(get, onLate)).rejects.toThrow('Redis did not reply within 0.005 s');
  expect(onLate).not.toHaveBeenCalled();
  answer('late');
  await delay(1);

  expect(onLate).toHaveBeenCalledTimes(1);
});

test('who insists asks while Redis rests', async () => {
  let count = 0;
  const recovering = redisThat(async () => (++count === 1 ? Promise.reject(new Error('down')) : Promise.resolve('up')));
  const redis = new BoundedRedis(recovering, 1000);
  await expect(redis.run(get)).rejects.toThrow('down');

  await expect(redis.run(get)).rejects.toThrow(RESTS);
  await expect(redis.runNow(get)).resolves.toBe('up');
});

test('a client that is connecting is waited for', async () => {
  let isReady = false;
  const connecting = redisThat(
    async () => Promise.resolve('value'),
    () => isReady,
  );
  const answer = new BoundedRedis(connecting, 1000).run(get);

  isReady = true;
  connecting.events.emit('ready');

  await expect(answer).resolves.toBe('value');
});

test('many commands that wait for a client, of many stores, add one listener', async () => {
  let isReady = false;
  const connecting = redisThat(
    async () => Promise.resolve('value'),
    () => isReady,
  );
  const { events } = connecting;
  const stores = [new BoundedRedis(connecting, 1000), new BoundedRedis(connecting, 1000)];
  const answers = stores.flatMap((store) => Array.from({ length: 10 }, async () => store.run(get)));

  expect(['ready', 'error'].map((name) => events.listenerCount(name))).toEqual([1, 1]);
  isReady = true;
  events.emit('ready');

  expect(new Set(await Promise.all(answers))).toEqual(new Set(['value']));
  expect(['ready', 'error'].map((name) => events.listenerCount(name))).toEqual([0, 0]);
});

test('a command that waited too long is not sent when the client is ready', async () => {
  const asked = jest.fn(async () => Promise.resolve('value'));
  const connecting = redisThat(asked, () => false);
  const redis = new BoundedRedis(connecting, 5);

  await expect(redis.run(get)).rejects.toThrow('Redis did not reply within 0.005 s');
  connecting.events.emit('ready');
  await delay(1);

  expect(asked).not.toHaveBeenCalled();
});

test('a client that cannot connect fails all that wait for it, and is waited for again', async () => {
  const connecting = redisThat(
    async () => Promise.resolve('value'),
    () => false,
  );
  const redis = new BoundedRedis(connecting, 1000);
  const answers = [redis.runNow(get), redis.runNow(get)];
  connecting.events.emit('error', new Error('refused'));
  for (const answer of answers) await expect(answer).rejects.toThrow('refused');

  const again = redis.runNow(get);
  connecting.events.emit('ready');

  await expect(again).resolves.toBe('value');
});
