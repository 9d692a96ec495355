import { checkNames, checkOptions } from '../../checks/names';
import { tokenServiceCounterpart } from '../../checks/other-token-options';
import { checkText } from '../../checks/text';
import { TokenCache } from '../cache/token-cache';
import { ENDPOINT_OPTIONS, TokenEndpoint, type TokenEndpointOptions } from '../issuer/token-endpoint';
import { judgeFailure } from '../issuer/token-failure';
import { tokenKeys } from '../cache/token-key';
import type { TokenSource } from './token-source';
import { checkTokenStore, type TokenStore } from '../../stores/token-store';
import { tokenTargets, type TokenTarget, type TokenTargetOptions } from '../issuer/token-target';
import { ownOptions } from '../../util/own-options';

/** Options of {@link tokenService}. */
export interface TokenServiceOptions extends TokenEndpointOptions, TokenTargetOptions {
  /** Scopes, separated by spaces. @default not sent: the issuer decides */
  readonly scope?: string | undefined;
  /** Shares tokens between processes, so that only one asks the issuer. @default each process has its own */
  readonly store?: TokenStore | undefined;
}

const NAMES = new Set([...ENDPOINT_OPTIONS, 'scope', 'audience', 'resource', 'store']);
const GRANT = 'client_credentials';

/**
 * Fetches tokens from an OAuth 2.0 token endpoint with the client credentials grant. Concurrent calls share one token
 * request, and tokens are renewed before they expire. If no token is available, calls reject with a TokenError.
 *
 * @throws TypeError or RangeError if an option is missing or wrong
 * @see RFC 6749, section 4.4; RFC 7523; RFC 8414; RFC 8707; contract, "Token Source Priority"
 */
export function tokenService(given: TokenServiceOptions): TokenSource {
  const options = ownOptions(given);
  checkOptions(options);
  checkNames('option of tokenService', options, NAMES, tokenServiceCounterpart);
  const { clientId, scope, parameters, store } = options;
  const endpoint = new TokenEndpoint('tokenService', options);
  const targetOf = tokenTargets('tokenService', options);
  if (scope !== undefined) checkText('tokenService.scope', scope);
  if (store !== undefined) checkTokenStore('tokenService.store', store);
  const cache = new TokenCache<TokenTarget>({
    source: 'tokenService',
    keyOf: tokenKeys({ issuer: endpoint.issuer, client: clientId, grant: GRANT, scope, parameters }),
    fetch: (target) => async (isUrgent) => endpoint.fetch({ grant_type: GRANT, scope, ...target }, isUrgent),
    judge: (failure) => judgeFailure(failure, endpoint.patience),
    store,
  });
  return {
    getToken: (request) => cache.get(targetOf(request), request),
    invalidate: (token) => {
      cache.invalidate(token);
    },
    close: () => {
      endpoint.close();
      cache.close(() => {
        endpoint.giveUp();
      });
    },
  };
}
