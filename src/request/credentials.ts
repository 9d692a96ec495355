import type { InternalAxiosRequestConfig } from 'axios';
import { findName } from '../util/header-names';

/** Whether the caller set an Authorization header or `auth`. */
export function hasCredentials({ auth, headers }: InternalAxiosRequestConfig): boolean {
  if (auth) return true;
  const name = findName(headers, 'authorization');
  return name !== undefined && Boolean(headers[name]);
}

/** Whether a URL has a user name or a password. Only a parsed one tells: its text may have other slashes or begin with a space. */
export function hasUserInfo({ username, password }: Readonly<URL>): boolean {
  return username !== '' || password !== '';
}

/** `user:password` from `auth` or from the URL; the caller's Authorization header takes precedence over the URL. */
export function basicCredentials(
  { auth, headers }: InternalAxiosRequestConfig,
  url: Readonly<URL>,
): string | undefined {
  if (auth) return `${auth.username}:${(auth.password as string | undefined) ?? ''}`;
  if (!hasUserInfo(url)) return undefined;
  if (headers.get('Authorization')) return undefined;
  return `${decode(url.username)}:${decode(url.password)}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
