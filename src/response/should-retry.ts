import { findHeader } from './find-header';

/** Whether a response has `X-Should-Retry: false`; the header may be repeated. */
export function forbidsRetry(headers?: object): boolean {
  return /(^|,)\s*false\s*(,|$)/i.test(String(findHeader(headers, 'x-should-retry')));
}
