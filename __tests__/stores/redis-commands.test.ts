import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { redisCommands } from '../../src/stores/redis-commands';
import { redisTokenStore } from '../../src/stores/redis-token-store';

const KEY = randomBytes(32);

test.each([undefined, null, {}, new Map(), 'redis://localhost', { get: jest.fn(), set: jest.fn(), eval: jest.fn() }])(
  '%p is no client',
  (client) => {
    expect(() => redisTokenStore(client as never, { encryptionKey: KEY })).toThrow(
      'A Redis store takes a client of `ioredis`, or of `redis` version 4 or later, got ',
    );
  },
);

const LOST = new Error('the connection is lost');

test.each<[string, boolean | Error]>([
  ['ready', true],
  ['wait', true],
  ['connecting', false],
  ['reconnecting', LOST],
  ['end', LOST],
])('ioredis that is %s', (status, expected) => {
  const client = Object.assign(new EventEmitter(), { status, call: async () => Promise.resolve(null) });
  const commands = redisCommands(client);
  const isReady = (): boolean => commands.isReady();

  if (expected instanceof Error) expect(isReady).toThrow(expected.message);
  else expect(isReady()).toBe(expected);
});

test('redis that was connected is not waited for when it is not any more', () => {
  const command = async (): Promise<null> => Promise.resolve(null);
  const methods = { get: command, set: command, eval: command, mGet: command };
  const client = Object.assign(new EventEmitter(), { isOpen: false, isReady: false, ...methods });
  const commands = redisCommands(client);
  const isReady = (): boolean => commands.isReady();

  expect(isReady).toThrow('the client is not connected');
  client.isOpen = true;
  expect(isReady()).toBe(false);
  client.isReady = true;
  expect(isReady()).toBe(true);
  client.isReady = false;
  expect(isReady).toThrow(LOST.message);
  // Without a listener, this would end the process.
  expect(client.emit('error', LOST)).toBe(true);
  // Of more than ten, Node warns.
  for (let store = 1; store <= 20; store++) redisCommands(client);
  expect(client.listenerCount('error')).toBe(1);
});

test('a reply may be a Buffer', async () => {
  const replies = [Buffer.from('value'), Buffer.from('OK'), null];
  const client = Object.assign(new EventEmitter(), {
    status: 'ready',
    call: async () => Promise.resolve(replies.shift()),
  });
  const commands = redisCommands(client);

  expect(await commands.get('key')).toBe('value');
  expect(await commands.setIfAbsent('key', 'value', 1)).toBe(true);
  expect(await commands.setIfAbsent('key', 'value', 1)).toBe(false);
});
