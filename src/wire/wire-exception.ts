import type { ErrorCode } from '../errors/codes';
import { createException, type Facts } from '../errors/create';
import type { RequestException } from '../errors/exceptions';
import { isRequestException } from '../errors/guards';
import { codeOfNodeError, describeNodeError } from '../errors/node-errors';
import type { WireFailure } from '../transports/transport';
import { toError } from '../util/is-error';

/** In the body phase these mean the same: the rest of the body will not arrive. */
const BREAKS: ReadonlySet<ErrorCode> = new Set(['CONNECTION_RESET', 'CONNECTION_CLOSED']);

/** Properties that Node and undici add to some errors and that do not belong in a log: a certificate, raw response bytes. */
const BULK = ['cert', 'rawPacket', 'data'];
const BULKY: ReadonlySet<ErrorCode> = new Set(['CERTIFICATE_INVALID', 'PROTOCOL_ERROR', 'HEADERS_TOO_LARGE']);

/** The exception for an exchange that failed. */
export function wireException({ error: thrown, phase, stale, byBody }: WireFailure, facts: Facts): RequestException {
  // The adapter of axios has explained it already. A body's own may be that of another call, whose response it is.
  if (!byBody && isRequestException(thrown)) return thrown;
  const error = toError(thrown);
  const known = { ...facts, phase, cause: error };
  if (byBody) {
    const detail = `the body stream failed: ${error.message}`;
    return createException('INVALID_BODY', { ...known, detail });
  }
  // It does not prove that the server did nothing: one that crashes while it works breaks the connection in the same way.
  if (stale) return createException('STALE_CONNECTION', known);
  const code = codeOfNodeError(error) ?? 'CONNECTION_FAILED';
  if (BULKY.has(code)) for (const bulk of BULK) Reflect.deleteProperty(error, bulk);
  if (phase === 'body' && BREAKS.has(code)) return createException('BODY_TRUNCATED', known);
  return createException(code, { ...known, detail: describeNodeError(error) });
}

/** Converts errors with a known Node code to exceptions; returns all others unchanged. */
export function thrownException(thrown: unknown, facts: Facts): Error {
  const error = toError(thrown);
  const code = codeOfNodeError(error);
  return code ? createException(code, { ...facts, cause: error, detail: error.message }) : error;
}

/** The exception for what an agent, a lookup or Node threw instead of sending the request. */
export function unsentException(thrown: unknown, facts: Facts): RequestException {
  return wireException({ error: toError(thrown), phase: 'connect', stale: false, byBody: false }, facts);
}
