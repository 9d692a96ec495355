import { Axios, type AxiosRequestConfig, type ParamsSerializerOptions } from 'axios';
import type { Call, Target } from '../call/call';
import { BASE_EXPECTED } from '../checks/axios-options';
import { hasQuery } from '../checks/axios-values';
import { wrongOption } from '../checks/wrong-option';
import { createException } from '../errors/create';
import { isRequestException } from '../errors/guards';
import { flatQuery, withQuery } from './flat-query';
import { queryVisitor } from './query-values';
import { hasHost } from '../util/host';
import { ignoreRejection, isPromise } from '../util/promises';
import { withMembers } from '../util/with-members';

type Serializer = NonNullable<AxiosRequestConfig['paramsSerializer']>;

// An instance without defaults, so that only the call's config is used.
const joiner = new Axios();

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
  const text = textOf(config, call);
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

function textOf(
  { url = '', baseURL, params, paramsSerializer, allowAbsoluteUrls }: AxiosRequestConfig,
  call: Call,
): string {
  if (baseURL === undefined && params === undefined) return url;
  if (hasQuery(baseURL)) throw createException('INVALID_URL', { call, detail: `\`baseURL\` ${BASE_EXPECTED}` });
  try {
    // The fast path: `getUri` merges configs.
    const query = params === undefined ? '' : usualQuery(params, paramsSerializer);
    if (query !== undefined && (baseURL === undefined || isPlainPath(url)))
      return withQuery(baseURL === undefined ? url : `${baseURL.replace(/(?<!\/)\/+$/, '')}${url}`, query);
    return joiner.getUri({
      url,
      baseURL,
      params: params as unknown,
      paramsSerializer: paramsSerializer && settledSerializer(paramsSerializer, call),
      allowAbsoluteUrls,
    } as AxiosRequestConfig);
  } catch (thrown) {
    if (isRequestException(thrown)) throw thrown;
    throw createException('INVALID_URL', { call, detail: '`baseURL`, `url` and `params` do not form a valid URL' });
  }
}

/** The query of the usual params; `undefined` if axios must write it, or the caller's serializer takes part. */
function usualQuery(params: unknown, given: Serializer | null | undefined): string | undefined {
  if (!given) return flatQuery(params, false);
  const isCustom = typeof given === 'function' || METHODS.some((name) => methodOf(given, name));
  return isCustom ? undefined : flatQuery(params, given.indexes === null);
}

const METHODS = ['serialize', 'encode', 'visitor'] as const;

/** axios would send a promise as `[object Promise]`. */
function settledSerializer(given: Serializer, call: Call): Serializer {
  if (typeof given === 'function') return settled(given, call);
  const serialize = methodOf(given, 'serialize');
  if (serialize) return withMembers(given, { serialize: settled(serialize, call) });
  const encode = methodOf(given, 'encode');
  const visitor = methodOf(given, 'visitor') ?? queryVisitor(call, given.indexes);
  return withMembers(given, { visitor, ...(encode && { encode: settled(encode, call) }) });
}

/** As in axios, also that of a class, but not that of a polluted prototype. */
function methodOf<N extends (typeof METHODS)[number]>(
  given: ParamsSerializerOptions,
  name: N,
): ParamsSerializerOptions[N] | undefined {
  const method = given[name];
  return method === (Object.prototype as ParamsSerializerOptions)[name] ? undefined : method;
}

function settled<Given extends unknown[]>(
  serialize: (...values: Given) => string,
  call: Call,
): (...values: Given) => string {
  return (...values) => {
    const text: unknown = serialize(...values);
    if (!isPromise(text)) return text as string;
    ignoreRejection(text);
    const { message } = wrongOption('paramsSerializer', 'return a string', 'a promise');
    throw createException('INVALID_OPTION', { call, detail: message });
  };
}

/** Whether a URL is a path below the base, as nearly all are. Two slashes would start a host. */
function isPlainPath(url: string): boolean {
  return url.startsWith('/') && !url.startsWith('//');
}

function describeInvalidURL(text: string, url: URL | undefined): string {
  if (!hasHost(text)) return 'the URL must have a host between `//` and the next `/`';
  if (url) return `the URL must begin with http:// or https://, got ${url.protocol}`;
  if (/^https?:/i.test(text)) return 'the URL has a host or a port that is not valid';
  return 'the URL must be absolute, like http://user-service:8000/api, or the client needs a `baseURL`';
}
