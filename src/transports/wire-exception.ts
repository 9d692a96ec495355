import type { ErrorCode } from '../errors/codes';
import { createException, type Facts } from '../errors/create';
import type { RequestException } from '../errors/exceptions';
import { codeOfNodeError, describeNodeError } from '../errors/node-errors';
import type { WireFailure } from './transport';
import { isError } from '../errors/is-error';

/** In the body phase these say the same: the rest of the body will not come. */
const BREAKS: ReadonlySet<ErrorCode> = new Set(['CONNECTION_RESET', 'CONNECTION_CLOSED']);

/** What Node hangs on its errors, and nobody wants in a log: certificates, and raw bytes of the answer. */
const BULK = ['cert', 'rawPacket', 'data'];

/** The exception for an exchange that broke. */
export function wireException({ error, phase, stale, byBody }: WireFailure, facts: Facts): RequestException {
  for (const bulk of BULK) Reflect.deleteProperty(error, bulk);
  const known = { ...facts, phase, cause: error };
  if (byBody) {
    return createException('INVALID_BODY', {
      ...known,
      detail: `the stream that is the body failed: ${error.message}`,
    });
  }
  if (stale) return createException('STALE_CONNECTION', { ...known, sent: 'no' });
  const code = codeOfNodeError(error) ?? 'CONNECTION_FAILED';
  if (phase === 'body' && BREAKS.has(code)) return createException('BODY_TRUNCATED', known);
  return createException(code, { ...known, detail: describeNodeError(error) });
}

/** Whatever a step of an attempt threw: ours as it is, Node's as what it means, any other as it is. */
export function thrownException(thrown: unknown, facts: Facts): Error {
  const error = isError(thrown) ? thrown : new Error(String(thrown));
  const code = codeOfNodeError(error);
  return code ? createException(code, { ...facts, cause: error, detail: error.message }) : error;
}
