import { createHash } from 'node:crypto';
import type { AttemptState } from '../call/attempt-state';
import { basicAuthorization } from '../request/credentials';
import type { RequestConfig } from './checkpoint';

/** Tells whose token is sent to a URL, if that depends on the request being served. */
export type Identity = (url: string) => string | undefined;

/**
 * Identifies the credentials of an attempt, without containing them; the same before the token is added and after it. All
 * tokens of the client's source count as one, except those of different users.
 */
export function credentialsKey(config: RequestConfig, attempt: AttemptState, identity: Identity | undefined): string {
  const given = attempt.sourceToken ? undefined : givenCredentials(config, attempt);
  const own = given ?? identity?.(urlOf(attempt));
  return own === undefined ? '' : createHash('sha256').update(own).digest('base64').slice(0, 16);
}

/** Credentials of the call as its `Authorization` header has them; `null` sends none. */
function givenCredentials(config: RequestConfig, { call }: AttemptState): string | undefined {
  const { token, auth, headers } = config;
  // The header is there after an explicit token was added, too.
  if (typeof token === 'string') return `Bearer ${token}`;
  if (auth) return basicAuthorization(`${auth.username}:${auth.password}`);
  const header = headers.get('Authorization');
  if (header) return String(header);
  // What an adapter or a transform did to the URL since is of no interest.
  const { username = '', password = '' } = call.target?.url ?? {};
  // As they are in the URL: what is escaped there may be malformed.
  if (username || password) return basicAuthorization(`${username}:${password}`);
  return token === null ? 'none' : undefined;
}

/** As token sources get it. */
function urlOf({ call }: AttemptState): string {
  const { origin = '', pathname = '' } = call.target?.url ?? {};
  return origin + pathname;
}
