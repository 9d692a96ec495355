/**
 * Checks that what makes a middleware was called, not mounted itself: it would get each request as its options.
 *
 * @param write how to mount what it makes
 * @throws TypeError if `options` are a request of `node:http`, `node:http2` or a framework
 */
export function checkCalled(options: unknown, write: string): void {
  if (typeof options !== 'object' || options === null) return;
  if (!['method', 'url', 'headers'].every((name) => name in options)) return;
  throw new TypeError(`Options must be an object, got a request: write ${write}`);
}
