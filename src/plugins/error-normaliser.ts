import { Readable } from 'node:stream';
import { inspect } from 'node:util';
import type { AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import type { Call } from '../call/call';
import { callOf } from '../call/call-of';
import { cancelledBy } from '../errors/cancelled';
import { classify } from '../call/classify';
import { createException } from '../errors/create';
import { soundConfig } from '../lean-axios/lean-config';
import { LONGEST_TIMER } from '../util/longest-timer';
import type { Plugin } from './plugin';
import { targetOf } from '../request/url';

/** Begins and ends a call: looks at the request before anything is done for it, and turns every failure into an exception. */
export function errorNormaliser(): Plugin {
  return {
    name: 'error-normaliser',
    ring: 'call',
    install(http) {
      http.interceptors.request.use(begin, undefined, { synchronous: true });
      http.interceptors.response.use(succeed, fail);
    },
  };
}

function begin(given: InternalAxiosRequestConfig): InternalAxiosRequestConfig {
  // Interceptors of the user's have made of it what they like.
  const config = soundConfig(given);
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

function succeed(response: AxiosResponse): AxiosResponse {
  const { call } = response.config;
  if (call && response.data instanceof Readable) call.stream = response.data;
  call?.settle();
  return response;
}

function fail(thrown: unknown): never {
  const error = classify(thrown);
  error.config?.call?.settle();
  throw error;
}
