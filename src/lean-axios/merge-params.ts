import { Axios, type AxiosRequestConfig, type SerializerVisitor } from 'axios';
import { listName } from '../util/list-name';
import { withMembers } from '../util/with-members';

type Serializer = AxiosRequestConfig['paramsSerializer'];

// An instance without defaults, so that only the given params are used.
const serialiser = new Axios();

/** Lists repeat their name, as in `requests` and Django, unless `given` says otherwise. */
export function repeatLists(given: Serializer | null): NonNullable<Serializer> {
  if (typeof given === 'function' || typeof given?.serialize === 'function') return given;
  if (given?.indexes === null) return given;
  return given ? withMembers(given, { indexes: given.indexes ?? null }) : { indexes: null };
}

/**
 * The params that a request starts with, where at least one of the two is a URLSearchParams: axios merges and copies plain
 * objects only. It would share a URLSearchParams, so that a retry or the next call sent what its caller or an interceptor has
 * changed meanwhile. Those of the call replace those of the same name, and a name that is `null` in an object is not sent.
 *
 * @returns those of the call, if axios can merge them itself
 */
export function mergeParams(ofClient: unknown, ofCall: unknown, paramsSerializer?: Serializer): unknown {
  if (ofCall === undefined) return isSearchParams(ofClient) ? copyOf(ofClient) : undefined;
  if (!isSearchParams(ofCall) && !isSearchParams(ofClient)) return ofCall;
  if (!isObject(ofCall)) return ofCall;
  const own = toSearchParams(ofCall, paramsSerializer);
  if (!isObject(ofClient)) return own;
  const merged = toSearchParams(ofClient, paramsSerializer);
  for (const name of new Set([...own.keys(), ...namesOf(ofCall)])) merged.delete(name);
  for (const [name, value] of own) merged.append(name, value);
  return merged;
}

function namesOf(params: object): string[] {
  if (isSearchParams(params)) return [];
  return Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [name]));
}

function toSearchParams(params: object, paramsSerializer: Serializer | null): URLSearchParams {
  if (isSearchParams(params)) return copyOf(params);
  const options = { url: '?', params, paramsSerializer: withListNames(repeatLists(paramsSerializer)) };
  return new URLSearchParams(serialiser.getUri(options as AxiosRequestConfig));
}

/** The name of a list keeps its `[]`, as in the request. */
export function withListNames(given: NonNullable<Serializer>): NonNullable<Serializer> {
  if (typeof given === 'function' || given.visitor) return given;
  const visitor: SerializerVisitor = function (value: unknown, key, path, helpers) {
    return helpers.defaultVisitor.call(this, value, listName(key, path, value, given.indexes), path, helpers);
  };
  return withMembers(given, { visitor });
}

function copyOf(params: URLSearchParams): URLSearchParams {
  return new URLSearchParams(params.toString());
}

function isObject(params: unknown): params is object {
  return typeof params === 'object' && params !== null;
}

/** As axios recognises them, also those of a polyfill. */
function isSearchParams(params: unknown): params is URLSearchParams {
  return Object.prototype.toString.call(params) === '[object URLSearchParams]';
}
