import { checkToken } from '../../checks/values';
import { staticToken } from './static-token';
import { byExactness, isHostPattern, isTokenHost } from '../attach/token-hosts';
import type { TokenSource } from './token-source';

/** A source, a function or a token; `null` sends none. */
export type HostToken = TokenSource | TokenSource['getToken'] | string | null;

/**
 * Another source for each host: `user-service` at any port, `user-service:8000` at that one, `*.internal` for every name
 * below `internal`, and `default` for the others; without it these get no token. The most exact pattern counts,
 * wherever it stands.
 *
 * @throws TypeError if a name is no pattern, is there twice, or has no source
 */
export function perHost(hosts: Readonly<Record<string, HostToken>>): TokenSource {
  const { patterns, fallback } = resolve(hosts);
  const sources = new Set([...patterns.map(({ source }) => source), fallback]);
  return {
    getToken(request) {
      const url = new URL(request.url);
      const match = patterns.find(({ pattern }) => isTokenHost(url, pattern));
      const source = match ? match.source : fallback;
      return source?.getToken(request);
    },
    invalidate(token) {
      for (const source of sources) source?.invalidate?.(token);
    },
    close() {
      for (const source of sources) source?.close?.();
    },
  };
}

interface Resolved {
  /** The most exact one first. */
  readonly patterns: readonly { readonly pattern: readonly [string]; readonly source: TokenSource | undefined }[];
  readonly fallback: TokenSource | undefined;
}

function resolve(hosts: Readonly<Record<string, unknown>> | undefined): Resolved {
  if (typeof hosts !== 'object' || (hosts as unknown) === null || Array.isArray(hosts)) {
    throw new TypeError('perHost takes an object of token sources by host');
  }
  const sources = new Map<string, TokenSource | undefined>();
  for (const [host, value] of Object.entries(hosts)) {
    const pattern = host.toLowerCase();
    if (!isHostPattern(pattern)) {
      throw new TypeError(
        `A host of \`perHost\` is written like 'user-service', 'user-service:8000' or '*.internal', got '${host}'`,
      );
    }
    if (sources.has(pattern)) throw new TypeError(`perHost has '${pattern}' twice`);
    sources.set(pattern, toSource(host, value));
  }
  const fallback = sources.get('default');
  sources.delete('default');
  const patterns = [...sources.keys()].sort(byExactness);
  return { patterns: patterns.map((name) => ({ pattern: [name], source: sources.get(name) })), fallback };
}

/** The value is not echoed: it may be a token. */
function toSource(host: string, value: unknown): TokenSource | undefined {
  if (value === null) return undefined;
  if (typeof value === 'function') return { getToken: value as TokenSource['getToken'] };
  if (typeof value === 'string') {
    checkToken(`perHost['${host}']`, value);
    return staticToken(value);
  }
  if (typeof value === 'object' && typeof (value as Partial<TokenSource>).getToken === 'function') {
    return value as TokenSource;
  }
  const got = typeof value === 'object' ? 'an object without getToken()' : typeof value;
  throw new TypeError(`Option \`perHost['${host}']\` must be a token source, a function, a token or null, got ${got}`);
}
