import type { Call } from '../../call/call';
import { createException } from '../../errors/create';
import { isRequestException } from '../../errors/guards';
import { jsonObject } from './json-object';
import type { TokenClient } from './token-client';

/** Milliseconds for which an issuer's metadata is cached. */
const METADATA_LIFETIME = 3_600_000;
const ACCEPT = { Accept: 'application/json' };

/** A document that an issuer publishes, and the call that fetched it. */
interface Metadata {
  readonly document: Readonly<Record<string, unknown>>;
  readonly call: Call;
}

/**
 * Finds an issuer's token endpoint in the metadata that the issuer publishes. It is fetched once an hour; until that succeeds,
 * the old metadata stays in use.
 *
 * @see RFC 8414; OpenID Connect Discovery 1.0
 */
export class Discovery {
  #found: { readonly url: string; readonly until: number } | undefined;
  #pending: Promise<string> | undefined;

  constructor(
    private readonly issuer: string,
    private readonly client: TokenClient,
  ) {}

  /**
   * @param isUrgent whether to retry
   * @throws RequestException if the metadata could not be fetched, or is not valid
   */
  async tokenEndpoint(isUrgent: boolean): Promise<string> {
    const known = this.#found;
    if (known && performance.now() < known.until) return known.url;
    // In the background if an endpoint is known: metadata that hangs must not hold up tokens.
    const renewal = (this.#pending ??= this.#renew(isUrgent && !known));
    return known ? known.url : renewal;
  }

  /**
   * Reads it again, because `old` no longer responds. A failure is not reported.
   *
   * @returns the endpoint, unless it is still `old`
   */
  async renewed(old: string): Promise<string | undefined> {
    const url = await (this.#pending ??= this.#renew(false));
    return url === old ? undefined : url;
  }

  async #renew(isUrgent: boolean): Promise<string> {
    try {
      const url = await this.#ask(isUrgent);
      this.#found = { url, until: performance.now() + METADATA_LIFETIME };
      return url;
    } catch (failure) {
      if (!this.#found) throw failure;
      return this.#found.url;
    } finally {
      this.#pending = undefined;
    }
  }

  async #ask(isUrgent: boolean): Promise<string> {
    const [first, second] = wellKnown(this.issuer);
    // An issuer publishes at least one of the two.
    const found = await this.#get(first, isUrgent);
    if (!(found instanceof Error)) return this.#read(found);
    const other = await this.#get(second, isUrgent);
    if (other instanceof Error) throw found;
    return this.#read(other);
  }

  /**
   * @returns the metadata, or why there is none at this URL
   * @throws RequestException if the issuer cannot be reached: there is no need to ask for the other
   */
  async #get(url: string, isUrgent: boolean): Promise<Metadata | Error> {
    try {
      const { status, data, call } = await this.client.send('GET', url, () => ({ headers: ACCEPT }), isUrgent);
      const document = jsonObject(data);
      // A single-page application responds to any path with its page.
      return document ? { document, call } : refusal(call, `the body of the ${status} response is not a JSON object`);
    } catch (failure) {
      if (isRequestException(failure) && failure.code === 'CLIENT_ERROR') return failure;
      throw failure;
    }
  }

  #read({ document, call }: Metadata): string {
    const refuse = (detail: string): Error => refusal(call, detail);
    const { issuer, token_endpoint: endpoint } = document;
    // RFC 8414, section 3.3: without this check, an issuer could impersonate another.
    if (issuer !== this.issuer) throw refuse(`the metadata is for another issuer, expected ${this.issuer}`);
    const url = typeof endpoint === 'string' && URL.canParse(endpoint) ? new URL(endpoint) : undefined;
    if (!url || !/^https?:$/.test(url.protocol))
      throw refuse('the metadata has no token_endpoint that is an http:// or https:// URL');
    const isPlain = url.protocol === 'http:' && !isLoopback(url.hostname) && !this.issuer.startsWith('http:');
    if (isPlain) throw refuse('the metadata has a token_endpoint without TLS');
    return url.href;
  }
}

function refusal(call: Call, detail: string): Error {
  return createException('TOKEN_UNAVAILABLE', { call, detail, sent: 'no' });
}

/** OpenID Connect puts the well-known name after the issuer's path, RFC 8414 before it. */
function wellKnown(issuer: string): readonly [string, string] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, '');
  return [
    `${origin}${path}/.well-known/openid-configuration`,
    `${origin}/.well-known/oauth-authorization-server${path}`,
  ];
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
