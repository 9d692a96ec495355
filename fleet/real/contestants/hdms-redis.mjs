import { redisRateLimitStore } from '@hdms/http-client';
import { Redis } from 'ioredis';
import { create as createWith } from './hdms.mjs';

/** With a rate that all processes share. */
export async function create(baseURL, { rate, redisURL, ...options }) {
  const redis = new Redis(redisURL, { lazyConnect: true });
  redis.on('error', () => {});
  await redis.connect();
  return createWith(baseURL, { ...options, features: { rateLimit: { rate, store: redisRateLimitStore(redis) } } });
}
