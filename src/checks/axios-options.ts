/**
 * Checks options of axios that, in a wrong shape, would be sent as `undefined` or to the wrong place.
 *
 * @throws TypeError that does not echo the value: it may be a secret
 */
export function checkShapes(options: Readonly<Record<string, unknown>>): void {
  const { auth, proxy, signal, params, responseEncoding, baseURL } = options;
  if (auth !== undefined && !hasText(auth, 'username')) throw shapeError('auth', '{ username, password }', auth);
  if (proxy !== undefined && proxy !== false && !hasText(proxy, 'host')) {
    throw shapeError('proxy', '{ host, port } or false', proxy);
  }
  const isSignal = typeof signal === 'object' && signal !== null && 'addEventListener' in signal;
  if (signal !== undefined && !isSignal) throw shapeError('signal', 'an AbortSignal', signal);
  const isParams = typeof params === 'object' && !Array.isArray(params) && !(params instanceof Map);
  if (params !== undefined && !isParams) throw shapeError('params', 'a plain object or URLSearchParams', params);
  if (hasQuery(baseURL)) throw new TypeError(`Option \`baseURL\` ${BASE_EXPECTED}`);
  if (!isTextEncoding(responseEncoding)) throw new TypeError(`Option \`responseEncoding\` ${ENCODING_EXPECTED}`);
}

/** Not echoed: a query may contain a secret. */
export const BASE_EXPECTED = 'must not have a query or a fragment: paths are appended to it; use `params`';

/** Whether a base URL has a query or fragment, which would swallow the path of each call. */
export function hasQuery(baseURL: unknown): boolean {
  return typeof baseURL === 'string' && (baseURL.includes('?') || baseURL.includes('#'));
}

export const ENCODING_EXPECTED = "must be an encoding of Buffer, such as 'latin1' or 'base64', or of TextDecoder";

/** Whether the bytes of a response can be converted to text with `encoding`; without one, its charset decides. */
export function isTextEncoding(encoding: unknown): boolean {
  if (encoding === undefined || encoding === null) return true;
  if (typeof encoding !== 'string' || encoding === '') return false;
  if (Buffer.isEncoding(encoding)) return true;
  try {
    return Boolean(new TextDecoder(encoding));
  } catch {
    return false;
  }
}

function hasText(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && typeof (value as Record<string, unknown>)[name] === 'string';
}

function shapeError(name: string, expectation: string, value: unknown): TypeError {
  const got = Array.isArray(value) ? 'a list' : value === null ? 'null' : typeof value;
  return new TypeError(`Option \`${name}\` must be ${expectation}, got ${got === 'object' ? 'another object' : got}`);
}
