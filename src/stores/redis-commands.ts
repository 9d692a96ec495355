import type { EventEmitter } from 'node:events';
import { kindOf } from '../checks/kind-of';

/** The part of an `ioredis` client that is used: a `Redis` or a `Cluster`. */
export interface IORedisClient extends EventEmitter {
  /** State of the connection. */
  readonly status: string;
  /** Sends a command. */
  call(command: string, ...args: (string | number)[]): Promise<unknown>;
}

/** The part of a `redis` client that is used: a client, pool, cluster or sentinel. */
export interface NodeRedisClient extends EventEmitter {
  /** Whether it was connected and not closed. */
  readonly isOpen: boolean;
  /** Whether a command would be sent now. */
  readonly isReady?: boolean;
  /** Sends GET. */
  get(key: string): Promise<unknown>;
  /** Sends SET. */
  set(key: string, value: string, options: { PX: number; NX?: true }): Promise<unknown>;
  /** Sends EVAL. */
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

/** Redis commands, through either library. `life` is in whole milliseconds. */
export interface RedisCommands {
  /** Emits `ready` when the client has connected, and `error` when it could not. */
  readonly events: EventEmitter;
  /**
   * Whether a command would be sent now, and not queued.
   *
   * @throws Error if there is no use in waiting, because the connection is lost
   */
  isReady(): boolean;
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string, life: number): Promise<unknown>;
  /** Whether the key was free, and now has `value`. */
  setIfAbsent(key: string, value: string, life: number): Promise<boolean>;
  deleteIfEqual(key: string, value: string): Promise<unknown>;
  /** Runs a Lua script; in a cluster, all keys must belong to one node. */
  evaluate(script: string, keys: readonly string[], args: readonly string[]): Promise<unknown>;
}

// Between a separate `get` and `del`, the lease could expire and another process take the lock.
const DELETE_IF_EQUAL = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`;

/** @throws TypeError if `client` belongs to neither library */
export function redisCommands(client: IORedisClient | NodeRedisClient): RedisCommands {
  const shape: unknown = client;
  if (hasMethods(shape, 'call', 'once')) return ofIORedis(client as IORedisClient);
  // Version 3, which takes callbacks, has no `mGet`.
  if (hasMethods(shape, 'get', 'set', 'eval', 'mGet', 'on')) return ofNodeRedis(client as NodeRedisClient);
  throw new TypeError(
    `A Redis store takes a client of \`ioredis\`, or of \`redis\` version 4 or later, got ${kindOf(shape)}`,
  );
}

/** States of an ioredis client whose connection broke or could not be opened. */
const LOST = new Set(['close', 'reconnecting', 'end']);

function ofIORedis(client: IORedisClient): RedisCommands {
  return {
    events: client,
    isReady() {
      if (LOST.has(client.status)) throw new Error('the connection is lost');
      // A client in the state `wait` connects at its first command.
      return client.status === 'ready' || client.status === 'wait';
    },
    get: async (key) => textOf(await client.call('GET', key)),
    set: async (key, value, life) => client.call('SET', key, value, 'PX', life),
    setIfAbsent: async (key, value, life) => isDone(await client.call('SET', key, value, 'PX', life, 'NX')),
    deleteIfEqual: async (key, value) => client.call('EVAL', DELETE_IF_EQUAL, 1, key, value),
    evaluate: async (script, keys, args) => client.call('EVAL', script, keys.length, ...keys, ...args),
  };
}

/** Clients with a listener for errors; another one for each store would be one too many at the eleventh. */
const heard = new WeakSet<NodeRedisClient>();

function ofNodeRedis(client: NodeRedisClient): RedisCommands {
  // Without a listener, the first lost connection would crash the process.
  if (!heard.has(client)) client.on('error', () => undefined);
  heard.add(client);
  let wasReady = false;
  return {
    events: client,
    isReady() {
      if (!client.isOpen) throw new Error('the client is not connected');
      // Pools and clusters do not report it.
      const { isReady = true } = client;
      if (wasReady && !isReady) throw new Error('the connection is lost');
      return (wasReady = isReady);
    },
    get: async (key) => textOf(await client.get(key)),
    set: async (key, value, life) => client.set(key, value, { PX: life }),
    setIfAbsent: async (key, value, life) => isDone(await client.set(key, value, { PX: life, NX: true })),
    deleteIfEqual: async (key, value) => client.eval(DELETE_IF_EQUAL, { keys: [key], arguments: [value] }),
    evaluate: async (script, keys, args) => client.eval(script, { keys: [...keys], arguments: [...args] }),
  };
}

function textOf(reply: unknown): string | undefined {
  // A client may be configured to return Buffers.
  return typeof reply === 'string' || Buffer.isBuffer(reply) ? reply.toString() : undefined;
}

function isDone(reply: unknown): boolean {
  return textOf(reply) === 'OK';
}

function hasMethods(value: unknown, ...names: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return names.every((name) => typeof (value as Record<string, unknown>)[name] === 'function');
}
