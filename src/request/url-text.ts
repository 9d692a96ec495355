import { Axios, type AxiosRequestConfig, type ParamsSerializerOptions } from 'axios';
import type { Call } from '../call/call';
import { BASE_EXPECTED } from '../checks/axios-options';
import { hasQuery } from '../checks/axios-values';
import { wrongOption } from '../checks/wrong-option';
import { createException } from '../errors/create';
import { isRequestException } from '../errors/guards';
import { flatQuery, withQuery } from './flat-query';
import { queryVisitor } from './query-values';
import { ignoreRejection, isPromise } from '../util/promises';
import { withMembers } from '../util/with-members';

type Serializer = NonNullable<AxiosRequestConfig['paramsSerializer']>;

const METHODS = ['serialize', 'encode', 'visitor'] as const;

// An instance without defaults, so that only the call's config is used.
const joiner = new Axios();

/**
 * The text of a request URL: `url` below `baseURL`, with the query of `params`.
 *
 * @throws InvalidRequest if they do not form a URL, or a serializer returns a promise
 */
export function urlText(
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
