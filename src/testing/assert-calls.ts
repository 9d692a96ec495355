import { AssertionError, deepStrictEqual } from 'node:assert';
import { isDeepStrictEqual } from 'node:util';
import type { MockCall } from './mock-client';
import type { Received } from './script';

/** What a request has to be; what is left out is not looked at. */
export interface ExpectedRequest {
  readonly method?: string;
  /** Path and query, or the whole URL. */
  readonly url?: string;
  /** Bearer token; `null` for none. */
  readonly token?: string | null;
  /** Some of the headers; `undefined` for one that must not be there. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Text, or bytes. */
  readonly body?: string | Uint8Array;
  /** Body, as JSON. */
  readonly json?: unknown;
}

/** What a call has to be; what is left out is not looked at. */
export interface ExpectedCall extends ExpectedRequest {
  /** How many there were; or what each came to: a status, or the code of an error. */
  readonly attempts?: number | readonly (number | string)[];
}

interface HasCalls {
  readonly calls: readonly MockCall[];
  /** Failures of calls for which nothing was sent. */
  readonly unsent?: readonly Error[];
}

interface HasRequests {
  readonly requests: readonly Received[];
}

/** @throws AssertionError if `client` made no call like that */
export function assertCalled(client: HasCalls, expected: ExpectedCall): void {
  complain(oneMissing('call', client.calls, expected), assertCalled, client.unsent);
}

/** @throws AssertionError if the calls that `client` made are not these, in this order, and no other */
export function assertCalls(client: HasCalls, expected: readonly ExpectedCall[]): void {
  complain(allDifferent('call', client.calls, expected), assertCalls, client.unsent);
}

/** @throws AssertionError if nothing like that was sent: to a scripted service, or by a mock client */
export function assertRequested(service: HasRequests, expected: ExpectedRequest): void {
  complain(oneMissing('request', service.requests, expected), assertRequested);
}

/** @throws AssertionError if what was sent is not this, in this order, and nothing else */
export function assertRequests(service: HasRequests, expected: readonly ExpectedRequest[]): void {
  complain(allDifferent('request', service.requests, expected), assertRequests);
}

type Made = Received & Partial<Pick<MockCall, 'attempts'>>;
type Facts = Record<string, unknown>;

interface Complaint {
  readonly headline: string;
  readonly actual: unknown;
  readonly expected: unknown;
}

function oneMissing(what: string, made: readonly Made[], wanted: ExpectedCall): Complaint | undefined {
  const expected = wantedFacts(wanted);
  const candidates = made.map((one) => factsOf(one, wanted));
  if (candidates.some((actual) => isDeepStrictEqual(actual, expected))) return undefined;
  const hitsOf = (actual: Facts): number =>
    Object.keys(expected).filter((key) => isDeepStrictEqual(actual[key], expected[key])).length;
  const [nearest] = candidates.sort((a, b) => hitsOf(b) - hitsOf(a));
  if (!nearest) return { headline: `There was no ${what} at all`, actual: undefined, expected };
  const whole =
    made.length === 1
      ? `The only ${what} is not like that:`
      : `None of the ${count(made, what)} is like that; the nearest:`;
  return { headline: whole, actual: nearest, expected };
}

function allDifferent(what: string, made: readonly Made[], wanted: readonly ExpectedCall[]): Complaint | undefined {
  const expected = wanted.map(wantedFacts);
  // Of one too many: what it was.
  const actual = made.map((one, index) => factsOf(one, wanted[index] ?? { method: '', url: '' }));
  if (isDeepStrictEqual(actual, expected)) return undefined;
  const isCount = made.length === wanted.length;
  const got = isCount ? 'they are not like that' : `there ${made.length === 1 ? 'is' : 'are'} ${made.length}`;
  return { headline: `There should be ${count(wanted, what)}, and ${got}:`, actual, expected };
}

function wantedFacts({ method, url, token, headers, json, body, ...others }: ExpectedCall): Facts {
  return withoutUndefined({
    ...others,
    url: url === undefined ? undefined : partOf(url, url),
    body: body instanceof Uint8Array ? Buffer.from(body) : body,
    method: method?.toUpperCase(),
    token,
    headers: headers && lowerCased(headers),
    json: json === undefined ? undefined : plain(json),
  });
}

/** Those facts of `made` that `wanted` speaks of. */
function factsOf(made: Made, wanted: ExpectedCall): Facts {
  const { method, url, token, headers, body, json, attempts } = wanted;
  return withoutUndefined({
    url: url === undefined ? undefined : partOf(made.url, url, made.headers.host),
    body: body === undefined ? undefined : body instanceof Uint8Array ? made.body : made.body.toString(),
    attempts: attempts === undefined ? undefined : attemptsLike(attempts, made),
    method: method === undefined ? undefined : made.method,
    token: token === undefined ? undefined : (made.token ?? null),
    headers: headers && Object.fromEntries(Object.keys(lowerCased(headers)).map((name) => [name, made.headers[name]])),
    json: json === undefined ? undefined : parsed(made.body.toString()),
  });
}

/** Of a URL, or of path and query at `host`, as much as `expected` has of it: the whole, or path and query. */
function partOf(text: string, expected: string, host = 'unknown'): string {
  const whole = isWhole(text) ? text : `http://${host}${text}`;
  if (!(isWhole(text) || text.startsWith('/')) || !URL.canParse(whole)) return text;
  const { href, pathname, search } = new URL(whole);
  return isWhole(expected) ? href : pathname + search;
}

function isWhole(url: string): boolean {
  return /^https?:/i.test(url);
}

function attemptsLike(expected: ExpectedCall['attempts'], { attempts = [] }: Made): unknown {
  return typeof expected === 'number' ? attempts.length : attempts.map(({ outcome }) => outcome);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** As it is after its way over the wire. */
function plain(json: unknown): unknown {
  return JSON.parse(JSON.stringify(json)) as unknown;
}

function lowerCased(headers: Readonly<Record<string, string | undefined>>): Facts {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function withoutUndefined(facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

function count({ length }: readonly unknown[], what: string): string {
  return `${length} ${what}${length === 1 ? '' : 's'}`;
}

/** With what Node's own assertion says of the difference; runners show theirs by `actual` and `expected`. */
function complain(
  complaint: Complaint | undefined,
  assertion: (...facts: never[]) => void,
  unsent: readonly Error[] = [],
): void {
  if (!complaint) return;
  const { headline, actual, expected } = complaint;
  let message = unsent.reduce((text, error) => `${text}\nNothing was sent for: ${error.message}`, headline);
  try {
    deepStrictEqual(actual, expected);
  } catch (error) {
    message += `\n${(error as Error).message.replace(/^.*\n/, '')}`;
  }
  // By the name of the strict operator some versions of Node would add the difference once more.
  throw new AssertionError({ message, actual, expected, operator: 'deepEqual', stackStartFn: assertion });
}
