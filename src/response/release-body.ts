import { Readable } from 'node:stream';
import { isWebStream } from '../util/is-web-stream';

/** Ends a stream that nobody will read: it would keep its connection. */
export function releaseBody(response: { readonly data?: unknown } | undefined): void {
  const data = response?.data;
  if (data instanceof Readable) data.destroy();
  // A stream that has failed cannot be cancelled, and does not need to be.
  else if (isWebStream(data)) data.cancel().catch(() => undefined);
}
