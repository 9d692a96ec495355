import type { InternalAxiosRequestConfig } from 'axios';
import { findName } from '../util/header-names';

/** Whether the caller set `auth` or an Authorization header. */
export function hasCredentials({ auth, headers }: InternalAxiosRequestConfig): boolean {
  if (auth) return true;
  const name = findName(headers, 'authorization');
  return name !== undefined && Boolean(headers[name]);
}

/** `user:password` from `auth` or from the URL; the caller's Authorization header takes precedence over the URL. */
export function basicCredentials(
  { auth, headers }: InternalAxiosRequestConfig,
  url: Readonly<URL>,
): string | undefined {
  if (auth) return `${auth.username}:${(auth.password as string | undefined) ?? ''}`;
  const userInfo = userInfoOf(url);
  return userInfo === undefined || headers.get('Authorization') ? undefined : userInfo;
}

/** `user:password` of a URL; `undefined` if it has neither. */
export function userInfoOf({ username, password }: Readonly<URL>): string | undefined {
  return username === '' && password === '' ? undefined : `${decode(username)}:${decode(password)}`;
}

/** The value of an `Authorization` header for `user:password`. @see RFC 7617, section 2 */
export function basicAuthorization(userInfo: string): string {
  return `Basic ${Buffer.from(userInfo).toString('base64')}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
