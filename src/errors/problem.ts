import type { HTTPResponse } from '../response';

/** A problem document. @see RFC 9457, section 3.1 */
export interface Problem {
  /** URI that names the kind of problem. */
  readonly type: string;
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  /** URI that names this occurrence. */
  readonly instance?: string;
  /** Members that the kind of problem adds. */
  readonly [extension: string]: unknown;
}

const MEMBERS: Record<string, string> = { title: 'string', status: 'number', detail: 'string', instance: 'string' };

/** The problem document in `response`, if that is what its media type says. */
export function parseProblem(response: HTTPResponse): Problem | undefined {
  const { data } = response;
  if (!/^application\/problem\+json\b/i.test(String(response.headers['content-type'] ?? ''))) return undefined;
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return undefined;
  // RFC 9457, section 3.1: a member of the wrong type is ignored; without a type the problem is about:blank.
  const wellTyped = Object.entries(data).filter(([name, value]) => typeof value === (MEMBERS[name] ?? typeof value));
  const problem = Object.fromEntries(wellTyped) as Record<string, unknown>;
  return { ...problem, type: typeof problem['type'] === 'string' ? problem['type'] : 'about:blank' };
}
