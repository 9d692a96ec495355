import { findHeader } from '../response/find-header';
import type { HTTPResponse } from '../response/http-response';

/** A problem document. @see RFC 9457, section 3.1 */
export interface Problem {
  /** URI that names the kind of problem. A relative one is relative to where the answer came from. */
  readonly type: string;
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  /** URI that names this occurrence. */
  readonly instance?: string;
  /** Members that the kind of problem adds. */
  readonly [extension: string]: unknown;
}

/** Characters; whatever is longer was made for something else. */
const MAX_LENGTH = 1024 * 1024;

const isText = (value: unknown): boolean => typeof value === 'string';

const MEMBERS: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['type', isText],
  ['title', isText],
  ['status', isStatus],
  ['detail', isText],
  ['instance', isText],
]);

/** The problem document in `response`, if that is what its media type says. */
export function parseProblem(response: HTTPResponse | undefined): Problem | undefined {
  const document = response && isProblem(response) ? jsonOf(response) : undefined;
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return undefined;
  // RFC 9457, section 3.1: a member of the wrong type is ignored; without a type the problem is about:blank.
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

/** Of a body that was asked for as text, bytes or a stream too, which has not been parsed yet. */
function jsonOf(response: HTTPResponse): unknown {
  const { data } = response;
  // It can be read, but not at once.
  if (data instanceof Blob) return undefined;
  const isBytes = data instanceof Uint8Array || data instanceof ArrayBuffer;
  if ((isBytes ? data.byteLength : typeof data === 'string' ? data.length : 0) > MAX_LENGTH) return undefined;
  try {
    return response.json();
  } catch {
    return undefined;
  }
}
