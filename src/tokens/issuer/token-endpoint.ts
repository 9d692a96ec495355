import { isOptions, kindOf, kindOfSecret } from '../../checks/kind-of';
import { wrongOption } from '../../checks/wrong-option';
import { checkSeconds, checkURL } from '../../checks/values';
import { isRequestException } from '../../errors/guards';
import { SYSTEM_CLOCK, within } from '../cache/token-clock';
import { readTexts } from '../../checks/text';
import {
  clientAuthentication,
  type ClientAuthentication,
  type ClientAuthenticationOptions,
} from './client-authentication';
import { Discovery } from './discovery';
import type { FetchedToken } from '../cache/held-token';
import { ISSUER_CONNECTION_OPTIONS, issuerConnection, type IssuerConnectionOptions } from './issuer-connection';
import { readToken } from './read-token';
import type { IssuerRequest, IssuerResponse, TokenClient } from './token-client';
import { lazy } from '../../util/lazy';
import { tokenFailure } from './token-failure';

const tokenClient = lazy(() => require('./token-client') as typeof import('./token-client'));

/** Where tokens come from, and how the client authenticates. */
export interface TokenEndpointOptions extends ClientAuthenticationOptions, IssuerConnectionOptions {
  /** Token endpoint. Either `url` or `issuer` is required. */
  readonly url?: string | undefined;
  /** Issuer identifier: the token endpoint is found in the metadata that the issuer publishes. */
  readonly issuer?: string | undefined;
  /** Values of `token_type` in the response that are accepted besides `Bearer`; the token is sent as Bearer. @default none */
  readonly tokenType?: string | readonly string[] | undefined;
  /** Additional parameters of the token request. @default none */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  /** Seconds that one request to the service may take, at most 600. @default 5 */
  readonly timeout?: number | undefined;
}

/** Names of the options above. */
export const ENDPOINT_OPTIONS = [
  'url',
  'issuer',
  'clientId',
  'clientSecret',
  'privateKey',
  'clientAssertion',
  'keyId',
  'algorithm',
  'authMethod',
  'tokenType',
  'parameters',
  'timeout',
  ...ISSUER_CONNECTION_OPTIONS,
] as const satisfies readonly (keyof TokenEndpointOptions)[];

/** Parameters of the protocol; undefined ones are left out. */
export type TokenForm = Readonly<Record<string, string | undefined>>;

/** Set by other options or by the grant: a parameter of that name would repeat or contradict them. */
const RESERVED =
  /^(grant_type|client_(id|secret|assertion(_type)?)|scope|audience|resource|(subject|actor)_token(_type)?|requested_token_type|assertion)$/;

/** Limit in seconds, also of a timeout that is `Infinity`: all calls that need the token wait for the same request. */
const LONGEST = 600;
/** Milliseconds. */
const ASKED_PATIENCE = 1000;
/** Also what a redirect says, which is not followed: the endpoint is elsewhere. */
const GONE: ReadonlySet<number | string> = new Set([
  ...[301, 302, 307, 308, 404, 405, 410, 421, 501],
  ...['CONNECTION_REFUSED', 'HOST_NOT_FOUND'],
]);

// openid-client and oauth4webapi could do this, but they are ES modules only, which not every Node 20 can require.
/** An OAuth 2.0 token endpoint, used by one client. */
export class TokenEndpoint {
  /** Issuer identifier, or the token endpoint if there is none. */
  readonly issuer: string;
  /** Limit in milliseconds for which a refusal counts: a secret that is asked for may be replaced any moment. */
  readonly patience: number;
  readonly #authenticate: ClientAuthentication;
  readonly #parameters: Readonly<Record<string, string>>;
  readonly #tokenTypes: readonly string[];
  /** Seconds. */
  readonly #timeout: number;
  readonly #client: TokenClient;
  readonly #discovery: Discovery | undefined;

  /**
   * @param owner names the options in errors
   * @throws TypeError or RangeError if an option is missing or wrong
   */
  constructor(owner: string, options: TokenEndpointOptions) {
    const { parameters = {}, tokenType, timeout = 5 } = options;
    this.issuer = identifierOf(owner, options);
    this.#authenticate = clientAuthentication(owner, options);
    const { clientSecret, clientAssertion } = options;
    const isAsked = clientAssertion !== undefined || (clientSecret !== undefined && typeof clientSecret !== 'string');
    this.patience = isAsked ? ASKED_PATIENCE : Infinity;
    checkParameters(`${owner}.parameters`, parameters);
    this.#parameters = { ...parameters };
    this.#tokenTypes = ['Bearer', ...(tokenType === undefined ? [] : readTexts(`${owner}.tokenType`, tokenType))];
    checkSeconds(`${owner}.timeout`, timeout);
    this.#timeout = Math.min(timeout, LONGEST);
    this.#client = new (tokenClient().TokenClient)(this.#timeout, issuerConnection(owner, options));
    this.#discovery = options.issuer === undefined ? undefined : new Discovery(options.issuer, this.#client);
  }

  /**
   * Requests a token.
   *
   * @param isUrgent whether to retry
   * @throws TokenError that gives the reason if there is none
   */
  async fetch(form: TokenForm, isUrgent: boolean): Promise<FetchedToken> {
    try {
      const url = this.#discovery ? await this.#discovery.tokenEndpoint(isUrgent) : this.issuer;
      return readToken(await this.#send(url, form, isUrgent), this.#tokenTypes);
    } catch (thrown) {
      throw tokenFailure(thrown);
    }
  }

  /**
   * Waits for what a source provides, as long as for a response: all calls that need the token wait for it, also later ones.
   *
   * @throws Error if it takes longer; whatever `provided` rejects with
   */
  async inTime<T>(what: string, provided: T | Promise<T>): Promise<T> {
    const arrival = Promise.resolve(provided).then((value) => ({ value }));
    const arrived = await within(SYSTEM_CLOCK, this.#timeout * 1000, arrival);
    if (!arrived) throw new Error(`${what} took longer than the timeout of ${this.#timeout} s`);
    return arrived.value;
  }

  close(): void {
    this.#client.close();
  }

  /** Ends the requests in progress: no call waits for them. */
  giveUp(): void {
    this.#client.giveUp();
  }

  async #send(url: string, form: TokenForm, isUrgent: boolean): Promise<IssuerResponse> {
    try {
      return await this.#client.send('POST', url, async () => this.#request(form), isUrgent);
    } catch (failure) {
      const moved = isGone(failure) ? await this.#discovery?.renewed(url) : undefined;
      if (moved === undefined) throw failure;
      return this.#client.send('POST', moved, async () => this.#request(form), isUrgent);
    }
  }

  async #request(form: TokenForm): Promise<IssuerRequest> {
    const credentials = await this.inTime("the client's credentials", this.#authenticate(this.issuer));
    const fields = Object.entries({ ...form, ...this.#parameters, ...credentials.form });
    const known = fields.filter((field): field is [string, string] => field[1] !== undefined);
    return {
      headers: {
        Accept: 'application/json',
        'Content-Type': 'application/x-www-form-urlencoded',
        ...credentials.headers,
      },
      data: new URLSearchParams(known).toString(),
    };
  }
}

/** Whether the endpoint no longer responds. */
function isGone(failure: unknown): boolean {
  if (!isRequestException(failure)) return false;
  return GONE.has(failure.status ?? failure.code);
}

function identifierOf(owner: string, { url, issuer }: TokenEndpointOptions): string {
  if (url !== undefined && issuer !== undefined) {
    throw new TypeError(`${owner} takes either \`url\` or \`issuer\`, not both`);
  }
  const name = issuer === undefined ? 'url' : 'issuer';
  const identifier = issuer ?? url;
  checkURL(`${owner}.${name}${owner === 'tokenService' && name === 'url' ? ' (TOKEN_SERVICE_URL)' : ''}`, identifier);
  if (issuer !== undefined && /[?#]/.test(issuer)) {
    throw new TypeError(`Option \`${owner}.issuer\` must have neither a query nor a fragment (RFC 8414, section 2)`);
  }
  return identifier;
}

function checkParameters(name: string, parameters: unknown): void {
  if (!isOptions(parameters)) throw wrongOption(name, 'be an object of strings', kindOf(parameters));
  for (const [key, value] of Object.entries(parameters) as [string, unknown][]) {
    if (RESERVED.test(key)) {
      throw new TypeError(`Option \`${name}\` must not contain \`${key}\`: another option or the grant sets it`);
    }
    if (typeof value !== 'string') throw wrongOption(`${name}.${key}`, 'be a string', kindOfSecret(value));
  }
}
