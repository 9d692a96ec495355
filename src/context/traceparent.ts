/** The trace of an inbound request. */
export interface Trace {
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** The caller's span: 16 hexadecimal digits. */
  readonly parentId: string;
  /** Two hexadecimal digits. */
  readonly flags: string;
}

interface Bounds {
  /** Characters of the whole list. */
  readonly length: number;
  readonly members: number;
  /** Characters of a single member. */
  readonly member: number;
}

/**
 * A member is a key and a value of up to 256 characters each. The standard wants at least 512 characters of a list to be
 * forwarded, and a list not to be changed while its `traceparent` is not.
 *
 * @see W3C Trace Context, sections 3.3.1 and 3.4
 */
const TRACESTATE: Bounds = { length: 8192, members: 32, member: 513 };
/** Members above this length are removed first if a list is too long. @see W3C Trace Context, section 3.3.1.5 */
const LONG_MEMBER = 128;
/** A single member may be as long as the list. @see W3C Baggage, section 3.3.2 "Limits" */
const BAGGAGE: Bounds = { length: 8192, members: 64, member: 8192 };

const TRACEPARENT = /^(?!ff)[\da-f]{2}-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-[\da-f]{2}(?:-.*)?$/;
/** Characters of version 00. Only later versions may have more fields, which are ignored. */
const LENGTH = 55;
/** The flags of version 00: `sampled` and `random trace id`. All others must be 0. */
const KNOWN_FLAGS = 0b11;
const SAMPLED = 0b01;

/**
 * The trace in a `traceparent` header; `undefined` if the header is absent or not valid.
 *
 * @see W3C Trace Context, section 3.2
 */
export function parseTraceparent(text: string | undefined): Trace | undefined {
  if (text === undefined || !TRACEPARENT.test(text)) return undefined;
  const isFirstVersion = text.startsWith('00');
  if (isFirstVersion && text.length > LENGTH) return undefined;
  const known = Number.parseInt(text.slice(53, LENGTH), 16) & (isFirstVersion ? KNOWN_FLAGS : SAMPLED);
  return { id: text.slice(3, 35), parentId: text.slice(36, 52), flags: `0${known}` };
}

/** What `formatTraceparent` returns. */
const AS_SENT = /^00-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-0[0-3]$/;

/** An inbound `traceparent` as it is sent on: unchanged, nearly always; `undefined` if it is not valid. */
export function forwardedTraceparent(text: string | undefined): string | undefined {
  if (text === undefined || AS_SENT.test(text)) return text;
  const trace = parseTraceparent(text);
  return trace && formatTraceparent(trace);
}

/**
 * The `traceparent` for the calls of a context: the caller's, because this package records no span that could be a parent.
 *
 * @see W3C Trace Context, section 3.4 "Mutating the traceparent Field"
 */
export function formatTraceparent({ id, parentId, flags }: Trace): string {
  return `00-${id}-${parentId}-${flags}`;
}

/** The part of a `tracestate` that is forwarded: usually all of it. */
export function boundTracestate(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const members = membersOf(text, TRACESTATE);
  let excess = members.join(',').length - TRACESTATE.length;
  const kept = members.filter((member) => {
    if (excess <= 0 || member.length <= LONG_MEMBER) return true;
    excess -= member.length + 1;
    return false;
  });
  return kept.length === 0 ? undefined : kept.join(',');
}

/** The part of a `baggage` that is forwarded: its first members, as many as the standard allows. */
export function boundBaggage(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const kept: string[] = [];
  let rest = BAGGAGE.length;
  for (const member of membersOf(text, BAGGAGE)) {
    rest -= member.length + 1;
    // -1, because no comma follows the last member.
    if (rest < -1) break;
    kept.push(member);
  }
  return kept.length === 0 ? undefined : kept.join(',');
}

/** The first members of a list, as many as it may have, without empty ones and those that are too long. */
function membersOf(text: string, { members, member }: Bounds): string[] {
  if (!/^[\t\x20-\x7e]+$/.test(text)) return [];
  const trimmed = text.split(',').map((part) => part.trim());
  return trimmed.filter((part) => part !== '' && part.length <= member).slice(0, members);
}
