import { Axios, type AxiosRequestConfig } from 'axios';

type Serializer = AxiosRequestConfig['paramsSerializer'];

// An instance without defaults, so that only the given params are used.
const serialiser = new Axios();

/**
 * The params of a call, with those of its client where at least one of the two is a URLSearchParams: axios merges plain
 * objects only. Those of the call replace those of the same name, and a name that is `null` in an object is not sent.
 */
export function mergeParams(
  ofClient: unknown,
  ofCall: unknown,
  paramsSerializer: Serializer = { indexes: null },
): unknown {
  if (ofClient === ofCall || !isObject(ofClient) || !isObject(ofCall)) return ofCall;
  if (!isSearchParams(ofClient) && !isSearchParams(ofCall)) return ofCall;
  const merged = toSearchParams(ofClient, paramsSerializer);
  const own = toSearchParams(ofCall, paramsSerializer);
  for (const name of new Set([...own.keys(), ...namesOf(ofCall)])) merged.delete(name);
  for (const [name, value] of own) merged.append(name, value);
  return merged;
}

function namesOf(params: object): string[] {
  if (isSearchParams(params)) return [];
  return Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [name]));
}

function toSearchParams(params: object, paramsSerializer: Serializer): URLSearchParams {
  if (isSearchParams(params)) return new URLSearchParams(params.toString());
  return new URLSearchParams(serialiser.getUri({ url: '?', params, paramsSerializer } as AxiosRequestConfig));
}

function isObject(params: unknown): params is object {
  return typeof params === 'object' && params !== null;
}

/** As axios recognises them, also those of a polyfill. */
function isSearchParams(params: object): params is URLSearchParams {
  return Object.prototype.toString.call(params) === '[object URLSearchParams]';
}
