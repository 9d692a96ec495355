import { Axios, type AxiosRequestConfig } from 'axios';
import type { Call } from './call';
import { createException } from './errors/create';

// Its defaults are empty, so that only what the call's own config says is joined.
const joiner = new Axios();

/**
 * Where a request goes: `baseURL`, `url` and `params` in one. Not to be changed: it is the same for as long as the
 * config says the same.
 *
 * @throws InvalidRequest if that is no absolute http or https URL
 */
export function targetOf(config: AxiosRequestConfig, call: Call): Readonly<URL> {
  const isWhole = config.baseURL === undefined && config.params === undefined;
  const text = String(isWhole ? config.url : join(config, call));
  if (call.target?.text === text) return call.target.url;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') {
    call.target = { text, url };
    return url;
  }
  throw createException('INVALID_URL', { call, config: config as never, detail: complaint(url) });
}

function join(config: AxiosRequestConfig, call: Call): string {
  try {
    return joiner.getUri(config);
  } catch {
    // The reason quotes the URL, password and all.
    throw createException('INVALID_URL', { call, detail: '`baseURL`, `url` and `params` make no URL' });
  }
}

function complaint(url: URL | undefined): string {
  if (!url) return 'the URL must be absolute, like http://user-service:8000/api, or the client needs a `baseURL`';
  return `the URL must begin with http:// or https://, got ${url.protocol}`;
}
