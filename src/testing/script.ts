import type { IncomingHttpHeaders } from 'node:http';

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

/** What `script` answers to a request, the `count`th of all. */
export function play<A extends Answer>(script: Script<A>, request: Received, count: number): A | Promise<A> {
  if (typeof script === 'function') return script(request);
  return script[count - 1] ?? script.at(-1) ?? ({} as A);
}

export function received(facts: Omit<Received, 'token' | 'at'>): Received {
  const token = /^Bearer (.+)$/i.exec(facts.headers.authorization ?? '')?.[1];
  return { ...facts, token, at: performance.now() };
}

/** Status, headers and body as they go out. */
export function written({ status = 200, headers = {}, body, json }: Answer): {
  readonly status: number;
  readonly headers: Record<string, string | string[]>;
  readonly body: Buffer;
} {
  const isJSON = json !== undefined;
  const names = Object.entries(headers).map(([name, value]) => {
    return [name.toLowerCase(), typeof value === 'string' ? value : [...value]] as const;
  });
  return {
    status,
    headers: { ...(isJSON && { 'content-type': 'application/json' }), ...Object.fromEntries(names) },
    body: Buffer.from(isJSON ? JSON.stringify(json) : (body ?? '')),
  };
}
