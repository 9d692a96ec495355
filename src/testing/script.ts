import type { IncomingHttpHeaders } from 'node:http';
import { toError } from '../util/is-error';
import { checkAnswer } from './check-script';

/** A request as it was received. */
export interface Received {
  /** In upper case. */
  readonly method: string;
  /** Path and query; with a mock client, the whole URL. */
  readonly url: string;
  /** With names in lower case. */
  readonly headers: IncomingHttpHeaders;
  /** The body as it was received; empty without one. */
  readonly body: Buffer;
  /** The bearer token in `Authorization`. */
  readonly token: string | undefined;
  /** When it was received, in milliseconds on the monotonic clock. */
  readonly at: number;
}

/** The response to one request. */
export interface Answer {
  /** The HTTP status. @default 200 */
  readonly status?: number;
  /** Header values by name. @default none, except the content type with `json` */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Body, sent as it is. @default empty */
  readonly body?: string | Uint8Array;
  /** Body, sent as JSON. */
  readonly json?: unknown;
  /** Seconds before the response; `Infinity` for no response. @default 0 */
  readonly delay?: number;
  /** Whether the connection is closed without a response. @default false */
  readonly hangUp?: boolean;
}

/** Responses in their order, of which the last one repeats; or a function that returns the response to a request. */
export type Script<A extends Answer> = readonly A[] | ((request: Received) => A | Promise<A>);

/** Status, headers and body as they are sent. */
export interface RawResponse {
  readonly status: number;
  readonly headers: Record<string, string | string[]>;
  readonly body: Buffer;
}

/**
 * The response of `script` to a request, as it is sent.
 *
 * @param count number of requests so far, including this one
 * @param further a name that only responses of this kind have
 * @throws Error if the script throws, or does not return a valid response
 */
export async function nextAnswer<A extends Answer>(
  script: Script<A>,
  request: Received,
  count: number,
  further: keyof A & string,
): Promise<{ readonly answer: A; readonly raw: RawResponse }> {
  try {
    const answer: unknown = await (typeof script === 'function'
      ? script(request)
      : (script[count - 1] ?? script.at(-1) ?? {}));
    checkAnswer(answer, further);
    return { answer: answer as A, raw: toRawResponse(answer) };
  } catch (cause) {
    // Wrapped, because its `code` could be taken for that of a network failure.
    throw new Error(`The script failed: ${toError(cause).message}`, { cause });
  }
}

export function received(facts: Omit<Received, 'token' | 'at'>): Received {
  const token = /^Bearer (.+)$/i.exec(facts.headers.authorization ?? '')?.[1];
  return { ...facts, token, at: performance.now() };
}

function toRawResponse({ status = 200, headers = {}, body, json }: Answer): RawResponse {
  const isJSON = json !== undefined;
  const names = Object.entries(headers).map(([name, value]) => {
    // Despite its type, a value may be a number, which Node accepts too.
    return [name.toLowerCase(), Array.isArray(value) ? value.map(String) : String(value)] as const;
  });
  return {
    status,
    headers: { ...(isJSON && { 'content-type': 'application/json' }), ...Object.fromEntries(names) },
    body: Buffer.from(isJSON ? JSON.stringify(json) : (body ?? '')),
  };
}
