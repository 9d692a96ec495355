import { randomUUID } from 'node:crypto';

/** A trace as it came in. */
export interface Trace {
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** Two hexadecimal digits. */
  readonly flags: string;
}

interface Bounds {
  /** Of the whole list. */
  readonly length: number;
  readonly members: number;
  /** Of a single member. */
  readonly member: number;
}

/** @see W3C Trace Context, section 3.3.1.5 "tracestate limits", and section 3.3.1.1 */
const TRACESTATE: Bounds = { length: 512, members: 32, member: 256 };
/** @see W3C Baggage, section 3.3.2 "Limits" */
const BAGGAGE: Bounds = { length: 8192, members: 64, member: 4096 };

const TRACEPARENT = /^(?!ff)([\da-f]{2})-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-([\da-f]{2})(-.*)?$/;
/** What is known of the flags: sampled, and that the id is random. Others have to be 0. */
const KNOWN_FLAGS = 0b11;
const SAMPLED = 0b01;

/**
 * The trace that a `traceparent` header speaks of; `undefined` where it is not valid.
 *
 * @see W3C Trace Context, section 3.2
 */
export function parseTraceparent(text: string | undefined): Trace | undefined {
  const [, version, id, flags, more] = TRACEPARENT.exec(text ?? '') ?? [];
  if (id === undefined || flags === undefined) return undefined;
  // A later version may say more, which is not for us to understand.
  if (version === '00' && more !== undefined) return undefined;
  const known = Number.parseInt(flags, 16) & (version === '00' ? KNOWN_FLAGS : SAMPLED);
  return { id, flags: known.toString(16).padStart(2, '0') };
}

/** A `traceparent` for one call: the same trace, with a parent id of its own. */
export function childTraceparent({ id, flags }: Trace): string {
  const uuid = randomUUID();
  // Those of its digits that are all random. Node draws them in advance: 8 bytes by themselves cost ten times as much.
  return `00-${id}-${uuid.slice(0, 8)}${uuid.slice(28)}-${flags}`;
}

/** What is sent on of a `tracestate`: the latest of its members, as many as the standard allows. */
export function boundTracestate(text: string | undefined): string | undefined {
  return bound(text, TRACESTATE);
}

/** What is sent on of a `baggage`: the first of its members, as many as the standard allows. */
export function boundBaggage(text: string | undefined): string | undefined {
  return bound(text, BAGGAGE);
}

function bound(text: string | undefined, { length, members, member }: Bounds): string | undefined {
  if (text === undefined || !/^[\t\x20-\x7e]+$/.test(text)) return undefined;
  const kept: string[] = [];
  let rest = length;
  for (const part of text.split(',')) {
    const one = part.trim();
    if (one === '' || one.length > member) continue;
    rest -= one.length + 1;
    // The comma after the last one is not there.
    if (rest < -1 || kept.length === members) break;
    kept.push(one);
  }
  return kept.length === 0 ? undefined : kept.join(',');
}
