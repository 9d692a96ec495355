import { checkAxiosOptions } from '../../checks/axios-options';
import { checkHeaders } from '../../checks/headers';
import { kindOf } from '../../checks/kind-of';
import { checkBoolean, checkInteger, checkSeconds, checkToken } from '../../checks/values';
import { resolveHedging } from '../../resilience/hedging-options';
import { resolveRedirects } from '../../wire/redirect-policy';
import { takesBody } from '../wrong-arguments';
import { checkCallHooks } from './call-hooks';
import { REQUEST_OPTIONS } from './option-names';
import type { RequestOptions } from './request-options';
import { checkCallNames } from './unknown-options';

/** Calls with other options pay for a look at all of them. */
const OURS: ReadonlySet<string> = new Set(REQUEST_OPTIONS);

/**
 * @param known names that need no closer look
 * @throws TypeError or RangeError that names the option, the expectation and the value
 */
export function checkRequestOptions(method: string, options: RequestOptions, known: ReadonlySet<string>): void {
  const names = Object.keys(options);
  if (!names.every((name) => OURS.has(name))) {
    if (!names.every((name) => known.has(name))) checkCallNames(method, options, known);
    checkAxiosOptions(options as Readonly<Record<string, unknown>>);
  }
  if ('schema' in options && options.schema !== undefined) {
    throw new TypeError('Option `schema` belongs to `getJson`, `postJson`, `putJson` and `patchJson`');
  }
  const { token, timeout, retryAttempts, deadline, retry, data, json, headers, signal, logErrorBody } = options;
  if (token !== undefined && token !== null) checkToken('token', token);
  if (timeout !== undefined) checkSeconds('timeout', timeout);
  if (retryAttempts !== undefined) checkInteger('retryAttempts', retryAttempts, 0, 10);
  if (deadline !== undefined) checkSeconds('deadline', deadline);
  if (json !== undefined && data !== undefined && data !== null) {
    throw new TypeError('Options `data` and `json` cannot be combined: a request has one body');
  }
  if (json === true && !takesBody(method)) {
    throw new TypeError('Option `json` is the body of a request: to parse that of the response, use `getJson`');
  }
  if (retry !== undefined) checkCallHooks(retry);
  if (options.circuitBreaker !== undefined) checkCircuitBreaker(options.circuitBreaker);
  if (headers !== undefined) checkHeaders(headers);
  if (options.redirects !== undefined || options.redirectHosts !== undefined) resolveRedirects(options);
  if (logErrorBody !== undefined) checkBoolean('logErrorBody', logErrorBody);
  if (options.hedging !== undefined) resolveHedging(options.hedging);
  if (signal !== undefined) checkAxiosOptions({ signal });
}

function checkCircuitBreaker(given: unknown): void {
  if (given === false) return;
  const advice = 'its options belong to the client, `new HTTPClient({ circuitBreaker: { … } })`';
  throw new TypeError(`Option \`circuitBreaker\` of a call must be false, got ${kindOf(given)}: ${advice}`);
}
