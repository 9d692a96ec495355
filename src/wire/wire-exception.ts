import type { ErrorCode } from '../errors/codes';
import { createException, type Facts } from '../errors/create';
import type { RequestException } from '../errors/exceptions';
import { codeOfNodeError, describeNodeError } from '../errors/node-errors';
import type { WireFailure } from '../transports/transport';
import { toError } from '../util/is-error';

/** In the body phase these say the same: the rest of the body will not come. */
const BREAKS: ReadonlySet<ErrorCode> = new Set(['CONNECTION_RESET', 'CONNECTION_CLOSED']);

/** What Node and undici hang on some errors of theirs, and nobody wants in a log: a certificate, raw bytes of the answer. */
const BULK = ['cert', 'rawPacket', 'data'];
const BULKY: ReadonlySet<ErrorCode> = new Set(['CERTIFICATE_INVALID', 'PROTOCOL_ERROR', 'HEADERS_TOO_LARGE']);

/** The exception for an exchange that broke. */
export function wireException({ error: thrown, phase, stale, byBody }: WireFailure, facts: Facts): RequestException {
  const error = toError(thrown);
  const known = { ...facts, phase, cause: error };
  if (byBody) {
    const detail = `the stream that is the body failed: ${error.message}`;
    return createException('INVALID_BODY', { ...known, detail });
  }
  if (stale) return createException('STALE_CONNECTION', { ...known, sent: 'no' });
  const code = codeOfNodeError(error) ?? 'CONNECTION_FAILED';
  if (BULKY.has(code)) for (const bulk of BULK) Reflect.deleteProperty(error, bulk);
  if (phase === 'body' && BREAKS.has(code)) return createException('BODY_TRUNCATED', known);
  return createException(code, { ...known, detail: describeNodeError(error) });
}

/** Whatever a step of an attempt threw: ours as it is, Node's as what it means, any other as it is. */
export function thrownException(thrown: unknown, facts: Facts): Error {
  const error = toError(thrown);
  const code = codeOfNodeError(error);
  return code ? createException(code, { ...facts, cause: error, detail: error.message }) : error;
}
