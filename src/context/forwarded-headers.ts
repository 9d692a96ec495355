import { quoteName } from '../checks/headers';
import { wrongOption } from '../checks/wrong-option';
import { isToken } from '../util/header-names';
import { TIMEOUT_HEADER } from './timeout-header';

/** Headers that belong to one message, to one connection, or to the inbound request only. */
const NOT_FORWARDED = new Set([
  ...['authorization', 'proxy-authorization', 'connection', 'content-encoding', 'content-length', 'content-type'],
  ...['accept-encoding', 'expect', 'host', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
  ...['if-match', 'if-modified-since', 'if-none-match', 'if-range', 'if-unmodified-since', 'range'],
  // Two different calls with the same key would be taken for one.
  'idempotency-key',
]);

/** The context sets these itself. Forwarded unchanged, the attempt number and the remaining time would be wrong. */
const SET_BY_CONTEXT = new Set([
  ...['x-request-id', 'traceparent', 'tracestate', 'baggage', 'x-request-attempt'],
  ...[TIMEOUT_HEADER.toLowerCase(), 'grpc-timeout', 'x-envoy-expected-rq-timeout-ms'],
]);

/**
 * @param read names of further headers that the context is created from
 * @throws TypeError if one of `names` must not be forwarded
 */
export function checkForwarded(option: string, names: readonly string[], read: readonly string[] = []): void {
  checkHeaderNames(option, names);
  const reserved = new Set([...SET_BY_CONTEXT, ...read.map((name) => name.toLowerCase())]);
  const name = names.find((candidate) => reserved.has(candidate.toLowerCase()));
  if (name === undefined) return;
  throw new TypeError(`Option \`${option}\` must not contain '${name}', which the context handles itself`);
}

/** @throws TypeError if a name is not an HTTP token, or is that of a header that is never forwarded */
export function checkHeaderNames(option: string, names: readonly string[]): void {
  for (const name of names) {
    if (typeof name !== 'string' || !isToken(name)) {
      throw wrongOption(option, 'contain header names (HTTP tokens)', quoteName(name));
    }
    if (!NOT_FORWARDED.has(name.toLowerCase())) continue;
    const advice = /^authorization$/i.test(name) ? ': use `onBehalfOf` with `inboundToken` instead' : '';
    throw new TypeError(`Option \`${option}\` must not contain '${name}', which is never forwarded${advice}`);
  }
}
