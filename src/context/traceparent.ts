import { randomUUID } from 'node:crypto';

/** The trace of an inbound request. */
export interface Trace {
  /** 32 hexadecimal digits. */
  readonly id: string;
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

/** @see W3C Trace Context, section 3.3.1.5 "tracestate limits", and section 3.3.1.1 */
const TRACESTATE: Bounds = { length: 512, members: 32, member: 256 };
/** @see W3C Baggage, section 3.3.2 "Limits" */
const BAGGAGE: Bounds = { length: 8192, members: 64, member: 4096 };

const TRACEPARENT = /^(?!ff)([\da-f]{2})-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-([\da-f]{2})(-.*)?$/;
/** The flags of version 00: `sampled` and `random trace id`. All others must be 0. */
const KNOWN_FLAGS = 0b11;
const SAMPLED = 0b01;

/**
 * The trace in a `traceparent` header; `undefined` if the header is absent or not valid.
 *
 * @see W3C Trace Context, section 3.2
 */
export function parseTraceparent(text: string | undefined): Trace | undefined {
  const [, version, id, flags, more] = TRACEPARENT.exec(text ?? '') ?? [];
  if (id === undefined || flags === undefined) return undefined;
  // Only later versions may have more fields. Those are ignored.
  if (version === '00' && more !== undefined) return undefined;
  const known = Number.parseInt(flags, 16) & (version === '00' ? KNOWN_FLAGS : SAMPLED);
  return { id, flags: known.toString(16).padStart(2, '0') };
}

/** A `traceparent` for one call: the same trace with a new parent id. */
export function childTraceparent({ id, flags }: Trace): string {
  const uuid = randomUUID();
  // These digits of a UUID are all random. Node generates UUIDs in advance: 8 random bytes alone cost ten times as much.
  return `00-${id}-${uuid.slice(0, 8)}${uuid.slice(28)}-${flags}`;
}

/** The part of a `tracestate` that is forwarded: its most recent members, as many as the standard allows. */
export function boundTracestate(text: string | undefined): string | undefined {
  return bound(text, TRACESTATE);
}

/** The part of a `baggage` that is forwarded: its first members, as many as the standard allows. */
export function boundBaggage(text: string | undefined): string | undefined {
  return bound(text, BAGGAGE);
}

function bound(text: string | undefined, { length, members, member }: Bounds): string | undefined {
  if (text === undefined || !/^[\t\x20-\x7e]+$/.test(text)) return undefined;
  const kept: string[] = [];
  let rest = length;
  for (const part of text.split(',')) {
    const trimmed = part.trim();
    if (trimmed === '' || trimmed.length > member) continue;
    rest -= trimmed.length + 1;
    // -1, because no comma follows the last member.
    if (rest < -1 || kept.length === members) break;
    kept.push(trimmed);
  }
  return kept.length === 0 ? undefined : kept.join(',');
}
