import { portOf, withoutDot } from '../util/host';
import { redactURL } from '../util/redact';
import { kindOf } from './kind-of';
import { wrongOption } from './wrong-option';

/** Host and optional port; the brackets around an IPv6 address separate its colons from the port's. */
const PATTERN = /^(\[.*\]|[^:]*)(?::(\d+))?$/;

/** A pattern as it is written: no scheme, no path, a star only at the beginning, and a port in digits. */
const HOST_PATTERN = /^(\[[\da-f:.]+\]|(\*\.)?[^\s/\\?#@*:[\]]+)(:\d+)?$/i;

/** A host in a URL. The URL standard also allows punctuation, and labels without a character. */
const HOSTNAME = /^(\[[\da-f:]+\]|[\w-]+(\.[\w-]+)*)$/;
const EXAMPLES = "'user-service', 'user-service:8000' or '*.internal'";

/**
 * Whether a URL matches one of `hosts`: `user-service` on any port, `user-service:8000` on that port only, `*.internal`
 * for every name below `internal`.
 */
export function matchesHost(url: Readonly<URL>, hosts: readonly string[]): boolean {
  const port = String(portOf(url));
  const hostname = withoutDot(url.hostname);
  return hosts.some((pattern) => {
    const [, name = '', wanted = port] = PATTERN.exec(pattern) ?? [];
    if (wanted !== port) return false;
    return name.startsWith('*.') ? hostname.endsWith(name.slice(1)) : hostname === name;
  });
}

/** Sorts patterns, the most specific first: hosts, then wildcards; longer names first; the same name with a port first. */
export function bySpecificity(one: string, other: string): number {
  return rank(other) - rank(one);
}

function rank(pattern: string): number {
  const [, name = '', port] = PATTERN.exec(pattern) ?? [];
  return (name.startsWith('*.') ? 0 : 1e6) + name.length * 2 + (port === undefined ? 0 : 1);
}

/**
 * The host patterns of an option, spelt as URLs have them.
 *
 * @throws TypeError if `hosts` is not a list of patterns
 */
export function hostPatterns(option: string, hosts: unknown): readonly string[] | undefined {
  if (hosts === undefined) return undefined;
  if (!Array.isArray(hosts)) throw wrongOption(option, `be a list of hosts such as ${EXAMPLES}`, kindOf(hosts));
  return hosts.map((host: unknown) => hostPattern(option, host));
}

/**
 * A pattern as URLs have its host: in lower case, in punycode, an address in its shortest form, without the dot that marks a
 * name as complete.
 *
 * @throws TypeError if `host` is not a pattern, or no host can match it
 */
export function hostPattern(option: string, host: unknown): string {
  const pattern = typeof host === 'string' && HOST_PATTERN.test(host) ? asInURL(host) : undefined;
  if (pattern !== undefined) return pattern;
  const got = typeof host === 'string' ? `'${redactURL(host)}'` : kindOf(host);
  throw wrongOption(option, `contain hosts such as ${EXAMPLES}`, got);
}

function asInURL(pattern: string): string | undefined {
  // A letter takes the place of the star, which a URL cannot have.
  const written = `http://${pattern.replace('*', 'a')}`;
  if (!URL.canParse(written)) return undefined;
  const url = new URL(written);
  const name = withoutDot(url.hostname);
  if (!HOSTNAME.test(name)) return undefined;
  // The parser leaves out the default port, but a pattern that names it is still limited to it.
  const suffix = /:\d+$/.test(pattern) ? `:${portOf(url)}` : '';
  return (pattern.startsWith('*') ? `*${name.slice(1)}` : name) + suffix;
}
