import { inspect } from 'node:util';
import type { Call } from '../call/call';
import { cancelledBy } from '../errors/cancelled';
import { createException } from '../errors/create';
import { targetOf } from '../request/url';
import { LONGEST_TIMER } from '../util/longest-timer';
import type { CallPlugin, RequestConfig } from './plugin';

/** Begins a call: looks at the request before anything is done for it. */
export function requestNormaliser(): CallPlugin {
  return { name: 'request-normaliser', request: begin };
}

function begin(config: RequestConfig, call: Call): undefined {
  const signal = config.signal as AbortSignal | undefined;
  if (signal?.aborted) throw cancelledBy(signal.reason, { call, config });
  checkNumbers(config, call);
  // Options of axios-retry's own would undo what the policy decides.
  Reflect.deleteProperty(config, 'axios-retry');
  // Lists repeat their name, as `requests` and Django have it.
  if (config.params !== undefined) config.paramsSerializer ??= { indexes: null };
  call.method = String(config.method).toUpperCase();
  call.url = targetOf(config, call).href;
}

/** The facade has checked its own arguments; those of `client.axios` come as they are. */
function checkNumbers(config: RequestConfig, call: Call): void {
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
