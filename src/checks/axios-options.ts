/**
 * Checks options of axios that, in a wrong shape, would be sent as `undefined` or to the wrong place.
 *
 * @throws TypeError that does not echo the value: it may be a secret
 */
export function checkShapes({ auth, proxy, signal, params }: Readonly<Record<string, unknown>>): void {
  if (auth !== undefined && !hasText(auth, 'username')) throw shapeError('auth', '{ username, password }', auth);
  if (proxy !== undefined && proxy !== false && !hasText(proxy, 'host')) {
    throw shapeError('proxy', '{ host, port } or false', proxy);
  }
  const isSignal = typeof signal === 'object' && signal !== null && 'addEventListener' in signal;
  if (signal !== undefined && !isSignal) throw shapeError('signal', 'an AbortSignal', signal);
  const isParams = typeof params === 'object' && !Array.isArray(params) && !(params instanceof Map);
  if (params !== undefined && !isParams) throw shapeError('params', 'a plain object or URLSearchParams', params);
}

function hasText(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && typeof (value as Record<string, unknown>)[name] === 'string';
}

function shapeError(name: string, expectation: string, value: unknown): TypeError {
  const got = Array.isArray(value) ? 'a list' : value === null ? 'null' : typeof value;
  return new TypeError(`Option \`${name}\` must be ${expectation}, got ${got === 'object' ? 'another object' : got}`);
}
