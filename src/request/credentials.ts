import type { InternalAxiosRequestConfig } from 'axios';

/** Whether the caller brought credentials of its own: a header, `auth`, or a user name in the URL. */
export function hasCredentials(config: InternalAxiosRequestConfig): boolean {
  if (config.auth ?? config.headers.get('Authorization')) return true;
  // Most URLs have none: parse those only that may.
  const url = `${config.baseURL ?? ''} ${config.url ?? ''}`;
  return url.includes('@') && /^(\S* )?[a-z]+:\/\/[^/?#\s]*@/i.test(url);
}

/** `user:password` of `auth` or of the URL; an Authorization header of the caller's comes before the URL's. */
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
