import type { InternalAxiosRequestConfig } from 'axios';
import { findName } from '../util/header-names';

/** Whether the caller set credentials: an Authorization header, `auth`, or a user name in the URL. */
export function hasCredentials(config: InternalAxiosRequestConfig): boolean {
  if (config.auth || hasUserName(config.baseURL) || hasUserName(config.url)) return true;
  const name = findName(config.headers, 'authorization');
  return name !== undefined && Boolean(config.headers[name]);
}

/** Most URLs have no user name, so only those with an @ are matched. */
function hasUserName(given: string | URL | null | undefined): boolean {
  const url = String(given ?? '');
  return url.includes('@') && /^[a-z]+:\/\/[^/?#\s]*@/i.test(url);
}

/** `user:password` from `auth` or from the URL; the caller's Authorization header takes precedence over the URL. */
export function basicCredentials(
  { auth, headers }: InternalAxiosRequestConfig,
  url: Readonly<URL>,
): string | undefined {
  if (auth) return `${auth.username}:${(auth.password as string | undefined) ?? ''}`;
  if (url.username === '' && url.password === '') return undefined;
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
