import { findHeader } from './find-header';

/** Whether a response says `X-Should-Retry: false`, once or several times. */
export function forbidsRetry(headers?: object): boolean {
  return /(^|,)\s*false\s*(,|$)/i.test(String(findHeader(headers, 'x-should-retry')));
}
