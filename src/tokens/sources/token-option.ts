import { checkToken } from '../../checks/values';
import { inboundToken } from '../../context/run-in-context';
import { envToken } from './env-token';
import { firstOf } from './first-of';
import { staticToken } from './static-token';
import { tokenService } from './token-service';
import type { TokenSource } from './token-source';

/** What is accepted as a token source; `null` sends no token. */
export type TokenOption = string | TokenSource | TokenSource['getToken'] | null;

/**
 * The source for an option's value; `undefined` for `null`.
 *
 * @throws TypeError if the value is wrong; it is not echoed, because it may be a token
 */
export function toTokenSource(name: string, value: unknown): TokenSource | undefined {
  if (value === null) return undefined;
  if (typeof value === 'function') return sourceOf(value as TokenSource['getToken']);
  if (typeof value === 'string') {
    checkToken(name, value);
    return staticToken(value);
  }
  if (typeof value === 'object' && typeof (value as Partial<TokenSource>).getToken === 'function') {
    return value as TokenSource;
  }
  const got = typeof value === 'object' ? 'an object without getToken()' : typeof value;
  throw new TypeError(`Option \`${name}\` must be a token source, a function, a token or null, got ${got}`);
}

/** A function that may pass on the token of the inbound request, whose user it cannot name otherwise. */
function sourceOf(getToken: TokenSource['getToken']): TokenSource {
  return getToken === (inboundToken as unknown) ? { getToken, user: inboundToken } : { getToken };
}

/**
 * The client's source: from `token` if it is set, otherwise from the environment.
 *
 * @param trustEnv whether the token service is reached through the proxy of the environment
 * @throws TypeError if `token` or the environment is wrong
 * @see contract, "Token Source Priority"
 */
export function defaultTokenSource(
  token: TokenOption | undefined,
  env: NodeJS.ProcessEnv,
  trustEnv = false,
): TokenSource | undefined {
  if (token !== undefined) return toTokenSource('token', token);
  const own = { __proto__: null, ...env } as unknown as NodeJS.ProcessEnv;
  return own['TOKEN_SERVICE_URL'] ? firstOf(envToken(env), serviceOf(own, trustEnv)) : envToken(env);
}

/** The kind of a client's source, for a log: it never contains a token. */
export function describeTokenOption(token: TokenOption | undefined, env: NodeJS.ProcessEnv): string {
  if (token === undefined) return env['TOKEN_SERVICE_URL'] ? 'environment, then token service' : 'environment';
  if (token === null) return 'none';
  if (typeof token === 'string') return 'fixed token';
  return typeof token === 'function' ? 'function' : 'token source';
}

function serviceOf(env: NodeJS.ProcessEnv, trustEnv: boolean): TokenSource {
  return tokenService({
    trustEnv,
    url: env['TOKEN_SERVICE_URL'] ?? '',
    clientId: env['TOKEN_SERVICE_CLIENT_ID'] ?? '',
    clientSecret: env['TOKEN_SERVICE_CLIENT_SECRET'] ?? '',
    ...(env['TOKEN_SERVICE_SCOPE'] ? { scope: env['TOKEN_SERVICE_SCOPE'] } : {}),
  });
}
