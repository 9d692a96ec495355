import { envToken } from './env-token';
import { firstOf } from './first-of';
import { toTokenSource, type TokenOption } from './token-option';
import { tokenService } from './token-service';
import type { TokenSource } from './token-source';

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
