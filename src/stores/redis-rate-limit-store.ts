import { createHash } from 'node:crypto';
import { kindOf } from '../checks/kind-of';
import { checkNames, checkOptions } from '../checks/names';
import { wrongOption } from '../checks/wrong-option';
import { checkDuration } from '../checks/values';
import { ownOptions } from '../util/own-options';
import { warnOf } from '../util/warn-of';
import { BoundedRedis } from './bounded-redis';
import type { RateLimitStore, SlotLease, SlotRequest } from './rate-limit-store';
import { redisCommands, type IORedisClient, type NodeRedisClient } from './redis-commands';

/** Options of {@link redisRateLimitStore}. */
export interface RedisRateLimitStoreOptions {
  /** Prefix of all its key names in Redis. @default 'hdms-rate:' */
  readonly prefix?: string | undefined;
  /** Seconds that one command may take; calls that need a slot wait for it. @default 0.1 */
  readonly timeout?: number | undefined;
}

const NAMES = new Set<string>(['prefix', 'timeout']);
/** Milliseconds; Lua computes with doubles, in microseconds since the epoch. */
const LONGEST = 365 * 24 * 3600 * 1000;
/** Milliseconds, for the clocks of the nodes of a cluster. */
const CLOCK_SKEW = 1000;

// KEYS: the time of the next slot; slots before it that were given back; the processes and when they last asked.
// All times are in microseconds, by the clock of Redis: those of the processes may differ.
const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local interval = tonumber(ARGV[1])
local next = tonumber(redis.call('GET', KEYS[1]) or 0)
local function save()
  local life = math.ceil(math.max(next - now, 0) / 1000) + 10000
  redis.call('SET', KEYS[1], string.format('%.0f', next), 'PX', life)
  redis.call('PEXPIRE', KEYS[2], life)
end`;

// A Redis that was blocked first runs the commands of requests that have not waited for it: they take no slot.
// Where another process asked in the last half second, only the process that asks now was without Redis, and must not hold up the
// others: after an outage for all, each has waited for a second.
const LEASE = `${NOW}
if now > tonumber(ARGV[7]) then return { now } end
local earliest, start, latest, count = now + ARGV[2], now + ARGV[3], now + ARGV[4], tonumber(ARGV[5])
local recent = now - 500000
local own = tonumber(redis.call('ZSCORE', KEYS[3], ARGV[6]) or 0) >= recent and 1 or 0
local isIdle = next <= now and redis.call('ZCOUNT', KEYS[3], recent, '+inf') == own
redis.call('ZADD', KEYS[3], now, ARGV[6])
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now - 10000000)
redis.call('PEXPIRE', KEYS[3], 10000)
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
local slots = {}
for _, slot in ipairs(redis.call('ZRANGE', KEYS[2], 0, count - 1)) do
  if tonumber(slot) > latest then break end
  redis.call('ZREM', KEYS[2], slot)
  slots[#slots + 1] = slot - now
end
if isIdle then next = math.max(next, start) end
next = math.max(next, earliest)
while #slots < count and next <= latest do
  slots[#slots + 1] = next - now
  next = next + interval
end
save()
return { now, redis.call('ZCARD', KEYS[3]), next - now, unpack(slots) }`;

// The end of the schedule moves back over slots that were given back: the slot of a new request is then the earliest one.
const GIVE_BACK = `${NOW}
for i = 2, #ARGV do
  local slot = math.min(now + ARGV[i], next - interval)
  if slot > now then redis.call('ZADD', KEYS[2], slot, string.format('%.0f', slot)) end
end
local last = redis.call('ZRANGE', KEYS[2], -1, -1)[1]
while last and tonumber(last) > next - interval * 1.5 do
  redis.call('ZREM', KEYS[2], last)
  next = next - interval
  last = redis.call('ZRANGE', KEYS[2], -1, -1)[1]
end
save()`;

/**
 * Shares the rate of `rateLimit` between processes through Redis 5 or later, under hashed names. While Redis is down or slow, each
 * process keeps to its share of the rate, and the process emits one warning. You connect and close the client.
 *
 * @throws TypeError or RangeError if the client or an option is wrong
 */
export function redisRateLimitStore(
  client: IORedisClient | NodeRedisClient,
  given: RedisRateLimitStoreOptions = {},
): RateLimitStore {
  const options = ownOptions(given);
  checkOptions(options);
  checkNames('option of redisRateLimitStore', options, NAMES, false);
  const { prefix = 'hdms-rate:', timeout = 0.1 } = options;
  if (typeof prefix !== 'string') throw wrongOption('redisRateLimitStore.prefix', 'be a string', kindOf(prefix));
  checkDuration('redisRateLimitStore.timeout', timeout, 0.001, 60);
  return new RedisRateLimitStore(new BoundedRedis(redisCommands(client), timeout * 1000), prefix, timeout * 1000);
}

class RedisRateLimitStore implements RateLimitStore {
  #isFailing = false;
  /** Milliseconds between the monotonic clock and that of Redis. */
  #offset = Number.MAX_SAFE_INTEGER;

  constructor(
    private readonly redis: BoundedRedis,
    private readonly prefix: string,
    private readonly timeout: number,
  ) {}

  async lease(key: string, { member, count, interval, earliest, start, latest }: SlotRequest): Promise<SlotLease> {
    const expires = performance.now() + this.#offset + this.timeout + CLOCK_SKEW;
    const times = [interval, earliest, start, latest].map(microseconds);
    const reply = await this.#run(LEASE, key, [...times, String(count), member, (expires * 1000).toFixed(0)]);
    if (!Array.isArray(reply)) throw new Error('Redis did not reply with slots');
    const [now, members, next, ...slots] = reply.map(Number);
    this.#offset = Number(now) / 1000 - performance.now();
    if (members === undefined) throw new Error('The clock of Redis has jumped');
    return { members, next: Number(next) / 1000, slots: slots.map((slot) => slot / 1000) };
  }

  async giveBack(key: string, slots: readonly number[], interval: number): Promise<void> {
    await this.#run(GIVE_BACK, key, [interval, ...slots].map(microseconds));
  }

  async #run(script: string, key: string, args: readonly string[]): Promise<unknown> {
    try {
      const reply = await this.redis.run(async (commands) => commands.evaluate(script, this.#names(key), args));
      this.#isFailing = false;
      return reply;
    } catch (error) {
      this.#warn(error);
      throw error;
    }
  }

  #warn(error: unknown): void {
    if (this.#isFailing) return;
    this.#isFailing = true;
    const what = 'Each process keeps to its share of the rate limit until Redis recovers';
    warnOf(what, error, 'HDMS_RATE_LIMIT_STORE');
  }

  /** A cluster keeps names with the same part in braces on one node. */
  #names(key: string): string[] {
    // Hashed: a partition may name a tenant, and a brace in it would end the common part.
    const name = `${this.prefix}{${createHash('sha256').update(key).digest('base64url')}}`;
    return [`${name}:next`, `${name}:free`, `${name}:members`];
  }
}

function microseconds(milliseconds: number): string {
  return (Math.min(milliseconds, LONGEST) * 1000).toFixed(3);
}
