import { withoutDot } from '../../util/host';

/** Names of private networks, which the public DNS does not have. @see RFC 6762, RFC 8375, ICANN's `.internal` */
const PRIVATE_SUFFIX = /\.(?:internal|local|localhost|lan|corp|home|private|intranet|svc|test|invalid|home\.arpa)$/;
/** @see RFC 1122, section 3.2.1.3; RFC 1918; RFC 3927; RFC 6598 */
const PRIVATE_IPV4 =
  /^(?:127|10|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))(?:\.\d+)+$/;
/** Limit of the origins that were warned about, or need no warning. */
const MAX_KNOWN = 1000;
const known = new Set<string>();

/**
 * Warns, once per origin, about a token that is sent over plain http to a host which does not look internal: everybody on
 * the network path can read it.
 */
export function warnOfPlainHTTP({ protocol, hostname, origin }: Readonly<URL>): void {
  if (protocol !== 'http:' || known.has(origin)) return;
  if (known.size >= MAX_KNOWN) known.clear();
  known.add(origin);
  if (isInternal(hostname)) return;
  process.emitWarning(`a Bearer token is sent to ${origin} without TLS; use https, or set \`tokenHosts\``, {
    type: 'SecurityWarning',
    code: 'HDMS_PLAIN_TOKEN',
  });
}

/** Whether a host is on this machine or on a private network, judged by its name. */
function isInternal(host: string): boolean {
  const hostname = withoutDot(host);
  if (!hostname.includes('.')) return hostname === '[::1]' || !hostname.startsWith('[') || /^\[f[cde]/.test(hostname);
  return PRIVATE_SUFFIX.test(hostname) || PRIVATE_IPV4.test(hostname);
}
