import { setTimeout as sleep } from 'node:timers/promises';
import { HTTPClient, type RateLimitStore } from '../../src/index';
import { redisRateLimitStore } from '../../src/stores/redis-rate-limit-store';
import { describeWithRedis, redisServer } from '../support/redis';
import { ioredis } from '../support/redis-clients';
import { service } from '../support/service';

describeWithRedis('redisRateLimitStore', () => {
  test('a process that Redis has not answered once holds up no other', async () => {
    const api = await service();
    const redis = redisRateLimitStore(await ioredis(await redisServer()), { timeout: 10 });
    let isAway = false;
    const unlucky: RateLimitStore = {
      lease: async (key, request) => (isAway ? Promise.reject(new Error('no reply')) : redis.lease(key, request)),
      giveBack: async (key, slots, interval) => redis.giveBack(key, slots, interval),
    };
    const client = (store: RateLimitStore): HTTPClient =>
      new HTTPClient({ baseURL: api.url, retryAttempts: 0, rateLimit: { rate: 200, maxWait: 0.5, store } });
    const sendAll = async (pause: number, store: RateLimitStore): Promise<void> => {
      const end = performance.now() + 2500;
      const one = client(store);
      while (performance.now() < end) {
        await one.get('/');
        await sleep(pause);
      }
    };
    for (const time of [300, 400]) {
      setTimeout(() => {
        isAway = !isAway;
      }, time);
    }

    await expect(Promise.all([sendAll(37, unlucky), sendAll(23, redis)])).resolves.toHaveLength(2);
  });
});
