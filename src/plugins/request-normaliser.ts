import { inspect } from 'node:util';
import type { InternalAxiosRequestConfig } from 'axios';
import type { Call } from '../call/call';
import { callOf } from '../call/call-of';
import { cancelledBy } from '../errors/cancelled';
import { createException } from '../errors/create';
import { repairConfig } from '../lean-axios/lean-config';
import { targetOf } from '../request/url';
import { LONGEST_TIMER } from '../util/longest-timer';
import type { Plugin } from './plugin';

/** Begins a call: looks at the request before anything is done for it. */
export function requestNormaliser(): Plugin {
  return {
    name: 'request-normaliser',
    ring: 'call',
    install(http) {
      http.interceptors.request.use(begin, undefined, { synchronous: true });
    },
  };
}

function begin(given: InternalAxiosRequestConfig): InternalAxiosRequestConfig {
  // Interceptors of the user's have made of it what they like.
  const config = repairConfig(given);
  const call = callOf(config);
  const signal = config.signal as AbortSignal | undefined;
  if (signal?.aborted) throw cancelledBy(signal.reason, { call, config });
  checkNumbers(config, call);
  // Options of axios-retry's own would undo what the policy decides.
  Reflect.deleteProperty(config, 'axios-retry');
  // Lists repeat their name, as `requests` and Django have it.
  if (config.params !== undefined) config.paramsSerializer ??= { indexes: null };
  call.method = String(config.method).toUpperCase();
  call.url = targetOf(config, call).href;
  return config;
}

/** The facade has checked its own arguments; those of `client.axios` come as they are. */
function checkNumbers(config: InternalAxiosRequestConfig, call: Call): void {
  const { timeout = 0, retryAttempts = 0, deadline = Infinity } = config;
  if (!(typeof timeout === 'number' && timeout >= 0 && timeout <= LONGEST_TIMER)) {
    const detail = `\`timeout\` must be a number of milliseconds from 0 to ${LONGEST_TIMER}, got ${inspect(timeout)}`;
    throw createException('INVALID_OPTION', { call, config, detail });
  }
  if (!(typeof deadline === 'number' && deadline > 0)) {
    const detail = `\`deadline\` must be a number of seconds above 0, got ${inspect(deadline)}`;
    throw createException('INVALID_OPTION', { call, config, detail });
  }
  if (!(Number.isInteger(retryAttempts) && retryAttempts >= 0 && retryAttempts <= 10)) {
    const detail = `\`retryAttempts\` must be an integer from 0 to 10, got ${inspect(retryAttempts)}`;
    throw createException('INVALID_OPTION', { call, config, detail });
  }
}
