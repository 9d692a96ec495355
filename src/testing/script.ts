import type { IncomingHttpHeaders } from 'node:http';
import { inspect } from 'node:util';
import { toError } from '../util/is-error';

/** A request as it came in. */
export interface Received {
  /** In capitals. */
  readonly method: string;
  /** Path and query; of a mock client the whole URL. */
  readonly url: string;
  /** By name in lower case. */
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** What stands in `Authorization: Bearer …`. */
  readonly token: string | undefined;
  /** Milliseconds on the monotonic clock. */
  readonly at: number;
}

/** What one request is answered with. */
export interface Answer {
  /** @default 200 */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
  /** Body that is sent as JSON. */
  readonly json?: unknown;
  /** Seconds before the answer; `Infinity` for none at all. @default 0 */
  readonly delay?: number;
  /** Whether the connection is closed without an answer. */
  readonly hangUp?: boolean;
}

/** Answers that are given one after the other, the last one for ever; or what decides them. */
export type Script<A extends Answer> = readonly A[] | ((request: Received) => A | Promise<A>);

/** Status, headers and body as they go out. */
export interface Written {
  readonly status: number;
  readonly headers: Record<string, string | string[]>;
  readonly body: Buffer;
}

/**
 * What `script` answers to a request, the `count`th of all, and how that is written.
 *
 * @throws Error if the script threw, or gave no answer that can be written
 */
export async function play<A extends Answer>(
  script: Script<A>,
  request: Received,
  count: number,
): Promise<{ readonly answer: A; readonly written: Written }> {
  try {
    const answer: unknown = await (typeof script === 'function'
      ? script(request)
      : (script[count - 1] ?? script.at(-1) ?? {}));
    if (typeof answer !== 'object' || answer === null) throw new TypeError(`it gave ${inspect(answer)} for an answer`);
    return { answer: answer as A, written: written(answer) };
  } catch (cause) {
    // Not itself: by its code it could pass for a failure of the network.
    throw new Error(`The script failed: ${toError(cause).message}`, { cause });
  }
}

export function received(facts: Omit<Received, 'token' | 'at'>): Received {
  const token = /^Bearer (.+)$/i.exec(facts.headers.authorization ?? '')?.[1];
  return { ...facts, token, at: performance.now() };
}

function written({ status = 200, headers = {}, body, json }: Answer): Written {
  const isJSON = json !== undefined;
  const names = Object.entries(headers).map(([name, value]) => {
    // Other than declared, it may be a number, which Node takes too.
    return [name.toLowerCase(), Array.isArray(value) ? value.map(String) : String(value)] as const;
  });
  return {
    status,
    headers: { ...(isJSON && { 'content-type': 'application/json' }), ...Object.fromEntries(names) },
    body: Buffer.from(isJSON ? JSON.stringify(json) : (body ?? '')),
  };
}
