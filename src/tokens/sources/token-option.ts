import { checkToken } from '../../checks/values';
import { envToken } from './env-token';
import { firstOf } from './first-of';
import { staticToken } from './static-token';
import { tokenService } from './token-service';
import type { TokenSource } from './token-source';

/** What may stand where a source is wanted; `null` sends no token. */
export type TokenOption = string | TokenSource | TokenSource['getToken'] | null;

/**
 * The source that an option stands for; `undefined` for `null`.
 *
 * @throws TypeError that does not echo the value: it may be a token
 */
export function toTokenSource(name: string, value: unknown): TokenSource | undefined {
  if (value === null) return undefined;
  if (typeof value === 'function') return { getToken: value as TokenSource['getToken'] };
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

/**
 * The client's source: what `token` says, or else what the environment holds.
 *
 * @throws TypeError if `token` or the environment is wrong
 * @see contract, "Token Source Priority"
 */
export function defaultTokenSource(token: TokenOption | undefined, env: NodeJS.ProcessEnv): TokenSource | undefined {
  if (token !== undefined) return toTokenSource('token', token);
  return env['TOKEN_SERVICE_URL'] ? firstOf(envToken(env), serviceOf(env)) : envToken(env);
}

function serviceOf(env: NodeJS.ProcessEnv): TokenSource {
  return tokenService({
    url: env['TOKEN_SERVICE_URL'] ?? '',
    clientId: env['TOKEN_SERVICE_CLIENT_ID'] ?? '',
    clientSecret: env['TOKEN_SERVICE_CLIENT_SECRET'] ?? '',
    ...(env['TOKEN_SERVICE_SCOPE'] ? { scope: env['TOKEN_SERVICE_SCOPE'] } : {}),
  });
}
