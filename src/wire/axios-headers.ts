import { AxiosHeaders, type InternalAxiosRequestConfig } from 'axios';
import type { WireRequest } from '../transports/transport';

/** The headers for axios's adapter: with `false` in place of what axios would add. */
export function toAxiosHeaders(
  { headers: given, url }: Pick<WireRequest, 'headers' | 'url'>,
  { httpVersion, socketPath }: InternalAxiosRequestConfig,
): InstanceType<typeof AxiosHeaders> {
  const headers = AxiosHeaders.from(given);
  for (const name of ['User-Agent', 'Accept-Encoding']) headers.set(name, false, false);
  // HTTP/2 frames bodies and keeps connections itself, and forbids these headers.
  if (Number(httpVersion) === 2) headers.delete(['Transfer-Encoding', 'Connection']);
  // Of a Unix socket, axios does not tell Node the host, which then sends `localhost`.
  else if (socketPath) headers.set('Host', url.host, false);
  return headers;
}
