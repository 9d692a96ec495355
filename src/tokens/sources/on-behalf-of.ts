import { hash } from 'node:crypto';
import { kindOfSecret } from '../../checks/kind-of';
import { wrongOption } from '../../checks/wrong-option';
import { checkNames, checkOptions } from '../../checks/names';
import { onBehalfOfCounterpart } from '../../checks/other-token-options';
import { checkInteger, checkOneOf } from '../../checks/values';
import { createException } from '../../errors/create';
import { checkReturned, checkText } from '../../checks/text';
import { jwtExpiry } from '../../util/jwt-expiry';
import { TokenCache } from '../cache/token-cache';
import type { AskIssuer } from '../cache/token-entry';
import { ENDPOINT_OPTIONS, TokenEndpoint, type TokenEndpointOptions, type TokenForm } from '../issuer/token-endpoint';
import { judgeFailure } from '../issuer/token-failure';
import { tokenKeys } from '../cache/token-key';
import { closeSource, textOfToken, type TokenRequest, type TokenSource } from './token-source';
import { checkTokenStore, type TokenStore } from '../../stores/token-store';
import { tokenTargets, type TokenTarget, type TokenTargetOptions } from '../issuer/token-target';
import { ownOptions } from '../../util/own-options';

/** Options of {@link onBehalfOf}. */
export interface OnBehalfOfOptions extends TokenEndpointOptions, TokenTargetOptions {
  /** The inbound request's token, without `Bearer `; if it is `undefined`, no token is sent. */
  readonly subjectToken: (request: TokenRequest) => string | undefined;
  /**
   * How the token is exchanged: by RFC 8693, or as the assertion of RFC 7523, section 2.1, with
   * `requested_token_use=on_behalf_of`, as Microsoft Entra ID expects it.
   *
   * @default 'token-exchange'
   */
  readonly grant?: (typeof GRANTS)[number] | undefined;
  /** Type of that token. This option and the next three belong to `token-exchange`. @default 'urn:ietf:params:oauth:token-type:access_token' */
  readonly subjectTokenType?: string | undefined;
  /**
   * Tokens of the acting service, if the issuer requires one. Always the same identity: the cache ignores it.
   *
   * @default none
   */
  readonly actorToken?: TokenSource | undefined;
  /** Type of that token. @default 'urn:ietf:params:oauth:token-type:access_token' */
  readonly actorTokenType?: string | undefined;
  /** Type of the requested token. @default not sent: the issuer decides */
  readonly requestedTokenType?: string | undefined;
  /** Scopes, separated by spaces. @default not sent: the issuer decides */
  readonly scope?: string | undefined;
  /** Limit of cached tokens; those that are not in use are evicted first. @default 1000 */
  readonly maxTokens?: number | undefined;
  /** Shares tokens between processes. @default each process has its own */
  readonly store?: TokenStore | undefined;
}

interface Query extends TokenTarget {
  readonly subjectToken: string;
}

const GRANTS = ['token-exchange', 'jwt-bearer'] as const;
/** Options that only a token exchange has a parameter for. */
const OF_EXCHANGE = ['subjectTokenType', 'actorToken', 'actorTokenType', 'requestedTokenType'] as const;
const NAMES = new Set<string>([
  ...ENDPOINT_OPTIONS,
  ...['subjectToken', 'grant', ...OF_EXCHANGE],
  ...['scope', 'audience', 'resource', 'maxTokens', 'store'],
]);
const GRANT_PREFIX = 'urn:ietf:params:oauth:grant-type:';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';

/**
 * Exchanges the token of an inbound request for one for the next service. Tokens are cached per inbound
 * token, and no longer than that is valid. If the exchange fails, calls reject with a TokenError.
 *
 * @throws TypeError or RangeError if an option is missing or wrong
 * @see RFC 8693; RFC 7523, section 2.1
 */
export function onBehalfOf(given: OnBehalfOfOptions): TokenSource {
  const options = ownOptions(given);
  check(options);
  const { clientId, scope, parameters, store, maxTokens, subjectToken: subjectOf, actorToken } = options;
  const endpoint = new TokenEndpoint('onBehalfOf', options);
  const targetOf = tokenTargets('onBehalfOf', options);
  const fixed = fixedForm(options);
  const grant = Object.values(fixed).join(' ');
  const keyOf = tokenKeys({ issuer: endpoint.issuer, client: clientId, grant, scope, parameters });
  const cache = new TokenCache<Query>({
    source: 'onBehalfOf',
    keyOf: ({ subjectToken, ...target }) => keyOf(target, hash('sha256', subjectToken, 'base64url')),
    fetch: exchange(options, endpoint, fixed),
    judge: (failure) => judgeFailure(failure, endpoint.patience),
    maxTokens,
    store,
  });
  return {
    getToken(request) {
      const subjectToken = readSubject(subjectOf(request));
      if (subjectToken === undefined) return undefined;
      return cache.get({ ...targetOf(request), subjectToken }, request);
    },
    invalidate: (token) => {
      cache.invalidate(token);
    },
    user: subjectOf,
    close() {
      endpoint.close();
      cache.close(() => {
        endpoint.giveUp();
      });
      closeSource(actorToken);
    },
  };
}

function exchange(options: OnBehalfOfOptions, endpoint: TokenEndpoint, fixed: TokenForm): (query: Query) => AskIssuer {
  const subjectName = options.grant === 'jwt-bearer' ? 'assertion' : 'subject_token';
  return ({ subjectToken, ...target }) => {
    const expiry = expiryOf(subjectToken);
    return async (isUrgent) => {
      const form = { ...fixed, ...target, ...(await actorForm(options, endpoint)), [subjectName]: subjectToken };
      const token = await endpoint.fetch(form, isUrgent);
      return (token.expiresAt ?? Infinity) < expiry ? token : { ...token, expiresAt: expiry, isLast: true };
    };
  };
}

/** The token of the inbound request; `undefined` if there is none. */
function readSubject(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  checkReturned('onBehalfOf.subjectToken', value);
  return value;
}

function fixedForm(options: OnBehalfOfOptions): TokenForm {
  const { grant = 'token-exchange', scope, subjectTokenType = ACCESS_TOKEN, requestedTokenType } = options;
  const grant_type = `${GRANT_PREFIX}${grant}`;
  if (grant === 'jwt-bearer') return { grant_type, requested_token_use: 'on_behalf_of', scope };
  return { grant_type, subject_token_type: subjectTokenType, requested_token_type: requestedTokenType, scope };
}

/** Asks the source at each exchange: caching is up to the source. */
async function actorForm(
  { actorToken, actorTokenType = ACCESS_TOKEN }: OnBehalfOfOptions,
  endpoint: TokenEndpoint,
): Promise<TokenForm> {
  if (!actorToken) return {};
  const asked = actorToken.getToken({ url: endpoint.issuer });
  const token = textOfToken(await endpoint.inTime('`onBehalfOf.actorToken`', asked));
  // Without it, the issuer would issue a token in which the user seems to call, not this service for the user.
  if (token === undefined || token === '') {
    throw createException('TOKEN_UNAVAILABLE', { sent: 'no', detail: '`onBehalfOf.actorToken` has no token' });
  }
  checkText('onBehalfOf.actorToken (returned by the source)', token);
  return { actor_token: token, actor_token_type: actorTokenType };
}

/**
 * Milliseconds since the epoch; `Infinity` if unknown.
 *
 * @throws TokenError if the token has expired
 */
function expiryOf(subjectToken: string): number {
  const expiry = jwtExpiry(subjectToken) ?? Infinity;
  if (expiry > Date.now()) return expiry;
  throw createException('TOKEN_UNAVAILABLE', { sent: 'no', detail: 'the token of the inbound request has expired' });
}

function check(options: OnBehalfOfOptions): void {
  checkOptions(options);
  checkNames('option of onBehalfOf', options, NAMES, onBehalfOfCounterpart);
  const { subjectToken, actorToken, store, maxTokens = 1 } = options as Partial<OnBehalfOfOptions>;
  if (typeof subjectToken !== 'function') {
    const must = 'be a function that returns the token of the inbound request';
    throw wrongOption('onBehalfOf.subjectToken', must, kindOfSecret(subjectToken));
  }
  if (actorToken !== undefined && typeof (actorToken as Partial<TokenSource> | null)?.getToken !== 'function') {
    throw wrongOption('onBehalfOf.actorToken', 'be a token source', kindOfSecret(actorToken));
  }
  if (store !== undefined) checkTokenStore('onBehalfOf.store', store);
  checkInteger('onBehalfOf.maxTokens', maxTokens, 1, 1_000_000);
  if (options.grant !== undefined) checkOneOf('onBehalfOf.grant', options.grant, GRANTS);
  const wrong = options.grant === 'jwt-bearer' && OF_EXCHANGE.find((name) => options[name] !== undefined);
  if (wrong) throw new TypeError(`Option \`onBehalfOf.${wrong}\` cannot be used with grant 'jwt-bearer'`);
  for (const name of ['subjectTokenType', 'actorTokenType', 'requestedTokenType', 'scope'] as const) {
    if (options[name] !== undefined) checkText(`onBehalfOf.${name}`, options[name]);
  }
}
