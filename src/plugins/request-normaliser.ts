import type { Call } from '../call/call';
import { cancelledBy } from '../errors/cancelled';
import { ENCODING_EXPECTED } from '../checks/axios-options';
import { isTextEncoding } from '../checks/axios-values';
import { valueOrKind } from '../checks/kind-of';
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
  checkConfig(config, call);
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

/** The facade checks its arguments; those of `client.axios` arrive unchecked. */
function checkConfig(config: RequestConfig, call: Call): void {
  const { timeout = 0, retryAttempts = 0, deadline = Infinity, redirects, redirectHosts, responseEncoding } = config;
  if (!(typeof timeout === 'number' && timeout >= 0 && timeout <= LONGEST_TIMER)) {
    const detail = `\`timeout\` must be a number of milliseconds from 0 to ${LONGEST_TIMER}, got ${valueOrKind(timeout, 'number')}`;
    throw createException('INVALID_OPTION', { call, config, detail });
  }
  if (!(typeof deadline === 'number' && deadline > 0)) {
    const detail = `\`deadline\` must be a number of seconds above 0, got ${valueOrKind(deadline, 'number')}`;
    throw createException('INVALID_OPTION', { call, config, detail });
  }
  if (!(Number.isInteger(retryAttempts) && retryAttempts >= 0 && retryAttempts <= 10)) {
    const detail = `\`retryAttempts\` must be an integer from 0 to 10, got ${valueOrKind(retryAttempts, 'number')}`;
    throw createException('INVALID_OPTION', { call, config, detail });
  }
  if (redirects !== undefined || redirectHosts !== undefined) {
    checkBy(() => resolveRedirects(config), config, call);
  }
  const { hedging } = config;
  if (hedging !== undefined) checkBy(() => resolveHedging(hedging), config, call);
  if (responseEncoding !== undefined && !isTextEncoding(responseEncoding)) {
    throw createException('INVALID_OPTION', {
      call,
      config,
      detail: `\`responseEncoding\` must be ${ENCODING_EXPECTED}`,
    });
  }
}

/** @param check throws what is wrong with an option */
function checkBy(check: () => unknown, config: RequestConfig, call: Call): void {
  try {
    check();
  } catch (thrown) {
    throw createException('INVALID_OPTION', { call, config, detail: toError(thrown).message });
  }
}
