import { Readable } from 'node:stream';
import { findHeader } from '../response/find-header';
import type { HTTPResponse } from '../response/http-response';

/** A problem document. @see RFC 9457, section 3.1 */
export interface Problem {
  /** URI of the problem type. A relative URI refers to the URL of the response. */
  readonly type: string;
  /** Summary of the problem type, the same for each occurrence. */
  readonly title?: string;
  /** Status that the server meant, from 100 to 599. */
  readonly status?: number;
  /** What happened in this occurrence. */
  readonly detail?: string;
  /** URI of this occurrence. */
  readonly instance?: string;
  /** Extension members of the problem type. */
  readonly [extension: string]: unknown;
}

/** Characters or bytes. Problem documents are short, so a longer body is not parsed. */
const MAX_LENGTH = 1024 * 1024;

const isText = (value: unknown): boolean => typeof value === 'string';

const MEMBERS: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['type', isText],
  ['title', isText],
  ['status', isStatus],
  ['detail', isText],
  ['instance', isText],
]);

/** The problem document in `response`; `undefined` if the media type is another one or the body cannot be parsed. */
export function parseProblem(response: HTTPResponse | undefined): Problem | undefined {
  const document = response && isProblem(response) ? problemBody(response) : undefined;
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return undefined;
  // RFC 9457, section 3.1: a member of the wrong type is ignored, and the default of `type` is about:blank.
  const members = Object.entries(document).filter(([name, value]) => MEMBERS.get(name)?.(value) ?? true);
  return { type: 'about:blank', ...Object.fromEntries(members) };
}

function isProblem({ headers }: HTTPResponse): boolean {
  return /^\s*application\/problem\+json\s*(;|$)/i.test(String(findHeader(headers, 'content-type')));
}

/** @see RFC 9457, appendix A */
function isStatus(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 100 && Number(value) <= 599;
}

/** The parsed body. If the caller asked for text, bytes or a stream, it has not been parsed yet. */
function problemBody(response: HTTPResponse): unknown {
  const { data } = response;
  // A Blob and a stream can only be read asynchronously.
  if (data instanceof Blob || data instanceof Readable) return undefined;
  const isBytes = data instanceof Uint8Array || data instanceof ArrayBuffer;
  if ((isBytes ? data.byteLength : typeof data === 'string' ? data.length : 0) > MAX_LENGTH) return undefined;
  try {
    return response.json();
  } catch {
    return undefined;
  }
}
