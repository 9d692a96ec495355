import type { InternalAxiosRequestConfig } from 'axios';
import { callOf } from '../call/call-of';
import type { Plugin } from './plugin';

const HEADER = 'Idempotency-Key';
const METHODS = new Set(['post', 'patch']);

/**
 * Gives every POST and PATCH a key that stays the same on each attempt, so that the other service can tell a retry
 * from a new request. A caller's own key is kept.
 *
 * @see IETF draft-ietf-httpapi-idempotency-key-header
 */
export function idempotencyKey(): Plugin {
  return {
    name: 'idempotency-key',
    ring: 'call',
    install(http) {
      http.interceptors.request.use(addKey, undefined, { synchronous: true });
    },
  };
}

function addKey(config: InternalAxiosRequestConfig): InternalAxiosRequestConfig {
  if (METHODS.has(String(config.method).toLowerCase()) && !config.headers.has(HEADER)) {
    config.headers.set(HEADER, callOf(config).id);
  }
  return config;
}
