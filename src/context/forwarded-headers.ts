import { inspect } from 'node:util';
import { isToken } from '../util/header-names';
import { TIMEOUT_HEADER } from './timeout-header';

/** Headers that belong to one message or one connection, or to the inbound request alone. */
const NOT_FORWARDED = new Set([
  ...['authorization', 'proxy-authorization', 'connection', 'content-encoding', 'content-length', 'content-type'],
  ...['accept-encoding', 'expect', 'host', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
  ...['if-match', 'if-modified-since', 'if-none-match', 'if-range', 'if-unmodified-since', 'range'],
  // Two calls with one key would pass for the same.
  'idempotency-key',
]);

/** As they came in they would pass for the caller's own, and nothing would be counted on. */
const SENT_ANYWAY = new Set([
  ...['x-request-id', 'traceparent', 'tracestate', 'baggage', 'x-request-attempt'],
  ...[TIMEOUT_HEADER.toLowerCase(), 'grpc-timeout', 'x-envoy-expected-rq-timeout-ms'],
]);

/**
 * @param read further names that the context is made of
 * @throws TypeError for a header that must not be sent on
 */
export function checkForwarded(option: string, names: readonly string[], read: readonly string[] = []): void {
  checkHeaderNames(option, names);
  const taken = new Set([...SENT_ANYWAY, ...read.map((name) => name.toLowerCase())]);
  const name = names.find((one) => taken.has(one.toLowerCase()));
  if (name === undefined) return;
  throw new TypeError(`Option \`${option}\` holds ${inspect(name)}, which a context has a place of its own for`);
}

/** @throws TypeError for what is no header name, or that of a header which says nothing of the request as a whole */
export function checkHeaderNames(option: string, names: readonly string[]): void {
  for (const name of names) {
    if (typeof name !== 'string' || !isToken(name)) {
      throw new TypeError(`Option \`${option}\` holds ${inspect(name)}, which is no HTTP token`);
    }
    if (!NOT_FORWARDED.has(name.toLowerCase())) continue;
    const advice = /^authorization$/i.test(name) ? ': for that there is `onBehalfOf` with `inboundToken`' : '';
    throw new TypeError(`Option \`${option}\` holds ${inspect(name)}, which is not sent on${advice}`);
  }
}
