import type { AxiosRequestConfig } from 'axios';
import type { Call, Target } from '../call/call';
import { createException } from '../errors/create';
import { hasHost } from '../util/host';
import { urlText } from './url-text';

/** Targets that are remembered. Most services call the same few URLs again and again, and to parse one costs more than a plugin. */
const recent = Array.from<Target | undefined>({ length: 64 });

/**
 * The request URL from `baseURL`, `url` and `params`. It is cached on the call while the config stays the same, so do not
 * modify it.
 *
 * @throws InvalidRequest if the result is not an absolute http or https URL
 */
export function targetOf(config: AxiosRequestConfig, call: Call): Readonly<URL> {
  const known = call.target ?? recent[slotOf(config)];
  if (known?.isPlain && config.params === undefined && isSame(known, config)) return (call.target = known).url;
  const text = urlText(config, call);
  if (call.target?.text === text) return call.target.url;
  const url = parse(text);
  if ((url?.protocol === 'http:' || url?.protocol === 'https:') && hasHost(text)) {
    const { url: path, baseURL: base, allowAbsoluteUrls } = config;
    const isPlain = config.params === undefined;
    call.target = { text, url, path, base, allowAbsoluteUrls, isPlain };
    if (isPlain && mayBeKept(text, config)) recent[slotOf(config)] = call.target;
    return url;
  }
  throw createException('INVALID_URL', { call, config: config as never, detail: describeInvalidURL(text, url) });
}

/** `targetOf`, but `undefined` for a URL that only an adapter of the user understands. */
export function findTarget(config: AxiosRequestConfig, call: Call): Readonly<URL> | undefined {
  try {
    return targetOf(config, call);
  } catch {
    return undefined;
  }
}

/** By the length of the path: found at once, and few paths of a service have the same one. */
function slotOf({ url }: AxiosRequestConfig): number {
  return typeof url === 'string' ? url.length % recent.length : 0;
}

/** What may hold a secret is not kept after its call, nor what is not text: an interceptor may have set a URL object, and change it. */
function mayBeKept(text: string, { url, baseURL }: AxiosRequestConfig): boolean {
  return isText(url) && isText(baseURL) && !text.includes('?') && !text.includes('@');
}

function isText(value: unknown): boolean {
  return typeof value === 'string' || value === undefined;
}

function isSame(target: Target, { url, baseURL, allowAbsoluteUrls }: AxiosRequestConfig): boolean {
  return target.path === url && target.base === baseURL && target.allowAbsoluteUrls === allowAbsoluteUrls;
}

function parse(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    // The error quotes the URL, including a password.
    return undefined;
  }
}

function describeInvalidURL(text: string, url: URL | undefined): string {
  if (!hasHost(text)) return 'the URL must have a host between `//` and the next `/`';
  if (url) return `the URL must begin with http:// or https://, got ${url.protocol}`;
  if (/^https?:/i.test(text)) return 'the URL has a host or a port that is not valid';
  return 'the URL must be absolute, like http://user-service:8000/api, or the client needs a `baseURL`';
}
