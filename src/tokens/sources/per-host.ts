import { isOptions, kindOfSecret } from '../../checks/kind-of';
import { bySpecificity, hostPattern, matchesHost } from '../../checks/host-patterns';
import { toTokenSource, type TokenOption } from './token-option';
import { closeSource, forgetEverywhere, type TokenRequest, type TokenSource } from './token-source';

/** A source, a function or a token; `null` sends none. */
export type HostToken = TokenOption;

/**
 * A source per host: `user-service` on any port, `user-service:8000` on that port only, `*.internal` for every name below
 * `internal`, and `default` for all others, which otherwise get no token. The most specific pattern wins, in whatever
 * order they are given.
 *
 * @throws TypeError if a name is not a pattern, appears twice, or has no source
 */
export function perHost(hosts: Readonly<Record<string, HostToken>>): TokenSource {
  const { patterns, fallback } = resolve(hosts);
  const sources = new Set([...patterns.map(({ source }) => source), fallback]);
  const sourceFor = ({ url: text }: TokenRequest): TokenSource | undefined => {
    const url = new URL(text);
    const match = patterns.find(({ pattern }) => matchesHost(url, pattern));
    return match ? match.source : fallback;
  };
  return {
    getToken: (request) => sourceFor(request)?.getToken(request),
    user: (request) => sourceFor(request)?.user?.(request),
    invalidate: async (token) => forgetEverywhere(sources, token),
    close() {
      for (const source of sources) closeSource(source);
    },
  };
}

interface Resolved {
  /** The most specific one first. */
  readonly patterns: readonly { readonly pattern: readonly [string]; readonly source: TokenSource | undefined }[];
  readonly fallback: TokenSource | undefined;
}

function resolve(hosts: Readonly<Record<string, unknown>> | undefined): Resolved {
  if (!isOptions(hosts))
    throw new TypeError(`perHost takes an object of token sources by host, got ${kindOfSecret(hosts)}`);
  const sources = new Map<string, TokenSource | undefined>();
  for (const [host, value] of Object.entries(hosts)) {
    const pattern = hostPattern('perHost', host);
    if (sources.has(pattern)) throw new TypeError(`perHost has '${pattern}' twice`);
    sources.set(pattern, toTokenSource(`perHost['${host}']`, value));
  }
  const fallback = sources.get('default');
  sources.delete('default');
  const patterns = [...sources.keys()].sort(bySpecificity);
  return { patterns: patterns.map((name) => ({ pattern: [name], source: sources.get(name) })), fallback };
}
