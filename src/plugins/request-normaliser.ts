import type { Call } from '../call/call';
import { cancelledBy } from '../errors/cancelled';
import { checkAxiosOptions } from '../checks/axios-options';
import { wrongNumber } from '../checks/wrong-option';
import { createException } from '../errors/create';
import { repeatLists } from '../lean-axios/merge-params';
import { fillPath } from '../request/path-params';
import { guardProgress } from '../request/progress';
import { targetOf } from '../request/url';
import { resolveHedging } from '../resilience/hedging-options';
import { LONGEST_TIMER } from '../util/longest-timer';
import { UPPER_CASE } from '../util/method-names';
import { toError } from '../util/is-error';
import { resolveRedirects } from '../wire/redirect-policy';
import type { CallPlugin, RequestConfig } from './plugin';

/**
 * Starts a call: checks the request before any other plugin runs. A call fails with InvalidRequest if its URL or an option is
 * invalid, and with RequestCancelled if its signal has already fired.
 */
export function requestNormaliser(): CallPlugin {
  return {
    name: 'request-normaliser',
    request(config, call) {
      begin(config, call);
    },
  };
}

function begin(config: RequestConfig, call: Call): void {
  const signal = config.signal as AbortSignal | undefined;
  if (signal?.aborted) throw cancelledBy(signal.reason, { call, config });
  checkBy(checkConfig, config, call);
  if (config.pathParams !== undefined) fillPathOf(config, call);
  if ('axios-retry' in config) dropRetryOptions(config);
  if (config.onUploadProgress || config.onDownloadProgress) guardProgress(config);
  if (config.params !== undefined) config.paramsSerializer = repeatLists(config.paramsSerializer);
  const method = String(config.method);
  call.method = UPPER_CASE.get(method) ?? method.toUpperCase();
  call.url = targetOf(config, call).href;
}

let hasWarned = false;

/** Options of axios-retry, which its installation on `client.axios` adds to each config, would override the policy's decisions. */
function dropRetryOptions(config: RequestConfig): void {
  const options = config['axios-retry'];
  delete config['axios-retry'];
  // Those of the client itself, on a config that is sent again.
  if (hasWarned || options?.retries === Infinity) return;
  hasWarned = true;
  process.emitWarning(
    'axios-retry has no effect on `client.axios`, because the client retries by itself; use `retryAttempts` and `retry`',
    { code: 'HDMS_AXIOS_RETRY' },
  );
}

/** For a call of `client.axios`: the client fills the path of its own calls. */
function fillPathOf(config: RequestConfig, call: Call): void {
  const { url = '', pathParams } = config;
  // A config that is sent again has its values already.
  Reflect.deleteProperty(config, 'pathParams');
  checkBy(
    () => {
      const filled = fillPath(url, pathParams);
      config.url = filled.url;
      call.template = filled.template;
    },
    config,
    call,
  );
}

/** The facade checks its arguments; those of `client.axios` arrive unchecked. @throws Error that says what is wrong */
function checkConfig(config: RequestConfig): void {
  const { timeout = 0, retryAttempts = 0, deadline = Infinity } = config;
  if (!(typeof timeout === 'number' && timeout >= 0 && timeout <= LONGEST_TIMER)) {
    throw wrongNumber('timeout', `be a number of milliseconds from 0 to ${LONGEST_TIMER}`, timeout);
  }
  if (!(typeof deadline === 'number' && deadline > 0)) {
    throw wrongNumber('deadline', 'be a number of seconds above 0', deadline);
  }
  if (!(Number.isInteger(retryAttempts) && retryAttempts >= 0 && retryAttempts <= 10)) {
    throw wrongNumber('retryAttempts', 'be an integer from 0 to 10', retryAttempts);
  }
  const { redirects, redirectHosts, hedging, responseEncoding } = config;
  if (redirects !== undefined || redirectHosts !== undefined) resolveRedirects(config);
  if (hedging !== undefined) resolveHedging(hedging);
  if (responseEncoding !== undefined) checkAxiosOptions({ responseEncoding });
}

/** @param check throws what is wrong with an option */
function checkBy(check: (config: RequestConfig) => void, config: RequestConfig, call: Call): void {
  try {
    check(config);
  } catch (thrown) {
    throw createException('INVALID_OPTION', { call, config, detail: toError(thrown).message });
  }
}
