import type { IncomingMessage } from 'node:http';

const NAMES: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * What proxies add. Not all of them name the caller: the sidecar of a service mesh may send `x-forwarded-proto` alone. The address of
 * the caller has many names, such as `x-real-ip` and `cf-connecting-ip`; browsers send none like that.
 */
const FORWARDED = /^(?:forwarded|via|x-forwarded-.*|.*-ip)$/;

/** Whether a request comes from this machine, and was sent to it by one of its own names. */
export function isFromLoopback({ headers, socket }: IncomingMessage): boolean {
  const host = (headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  // Behind a reverse proxy, everybody comes from this machine.
  const isForwarded = Object.keys(headers).some((name) => FORWARDED.test(name));
  return NAMES.has(host) && !isForwarded && isLoopbackAddress(socket.remoteAddress);
}

function isLoopbackAddress(address = ''): boolean {
  return address === '::1' || /^(?:::ffff:)?127\.\d+\.\d+\.\d+$/.test(address);
}
