import { AssertionError, deepStrictEqual } from 'node:assert';
import { isDeepStrictEqual } from 'node:util';
import {
  checkExpected,
  checkExpectedList,
  checkSource,
  type ExpectedCall,
  type ExpectedRequest,
  type Kind,
} from './expected-call';
import type { MockCall } from './mock-client';
import type { Received } from './script';

interface HasCalls {
  readonly calls: readonly MockCall[];
  /** Failures of calls that sent nothing. */
  readonly unsent?: readonly Error[];
}

interface HasRequests {
  readonly requests: readonly Received[];
}

/** Checks that a call was made. @throws AssertionError if no call of `client` matches `expected`; TypeError if an argument is wrong */
export function assertCalled(client: HasCalls, expected: ExpectedCall): void {
  checkSource('call', client);
  throwMismatch(findMissing('call', client.calls, expected), assertCalled, client.unsent);
}

/** Checks all calls. @throws AssertionError unless `client` made exactly these calls, in this order; TypeError if an argument is wrong */
export function assertCalls(client: HasCalls, expected: readonly ExpectedCall[]): void {
  checkSource('call', client);
  throwMismatch(compareAll('call', client.calls, expected), assertCalls, client.unsent);
}

/** Checks that a request was sent. @throws AssertionError if no request to a scripted service, or of a mock client, matches `expected`; TypeError if an argument is wrong */
export function assertRequested(service: HasRequests, expected: ExpectedRequest): void {
  checkSource('request', service);
  throwMismatch(findMissing('request', service.requests, expected), assertRequested);
}

/** Checks all requests. @throws AssertionError unless exactly these requests were sent, in this order; TypeError if an argument is wrong */
export function assertRequests(service: HasRequests, expected: readonly ExpectedRequest[]): void {
  checkSource('request', service);
  throwMismatch(compareAll('request', service.requests, expected), assertRequests);
}

type Made = Received & Partial<Pick<MockCall, 'attempts' | 'hedged'>>;
type Facts = Record<string, unknown>;

interface Mismatch {
  readonly headline: string;
  readonly actual: unknown;
  readonly expected: unknown;
}

function findMissing(what: Kind, made: readonly Made[], wanted: ExpectedCall): Mismatch | undefined {
  checkExpected(what, wanted);
  const expected = expectedFacts(wanted);
  const candidates = made.map((one) => actualFacts(one, wanted));
  if (candidates.some((actual) => isDeepStrictEqual(actual, expected))) return undefined;
  const matchesOf = (actual: Facts): number =>
    Object.keys(expected).filter((key) => isDeepStrictEqual(actual[key], expected[key])).length;
  const [closest] = candidates.sort((a, b) => matchesOf(b) - matchesOf(a));
  if (!closest) return { headline: `No ${what} was made`, actual: undefined, expected };
  const whole =
    made.length === 1 ? `The only ${what} does not match:` : `None of the ${count(made, what)} matches; closest:`;
  return { headline: whole, actual: closest, expected };
}

function compareAll(what: Kind, made: readonly Made[], wanted: readonly ExpectedCall[]): Mismatch | undefined {
  checkExpectedList(what, wanted);
  const expected = wanted.map(expectedFacts);
  // Of a call that is not expected, method and URL are shown.
  const actual = made.map((one, index) => actualFacts(one, wanted[index] ?? { method: '', url: '' }));
  if (isDeepStrictEqual(actual, expected)) return undefined;
  const isCount = made.length === wanted.length;
  const got = isCount ? 'but they differ' : `got ${made.length}`;
  return { headline: `Expected ${count(wanted, what)}, ${got}:`, actual, expected };
}

function expectedFacts({ method, url, token, headers, json, body, ...others }: ExpectedCall): Facts {
  return withoutUndefined({
    ...others,
    url: url === undefined ? undefined : partOf(url, url),
    body: body instanceof Uint8Array ? Buffer.from(body) : body,
    method: method?.toUpperCase(),
    token,
    headers: headers && lowerCased(headers),
    json: json === undefined ? undefined : throughJSON(json),
  });
}

/** The facts of `made` that `wanted` checks. */
function actualFacts(made: Made, wanted: ExpectedCall): Facts {
  const { method, url, token, headers, body, json, attempts, hedged } = wanted;
  return withoutUndefined({
    url: url === undefined ? undefined : partOf(made.url, url, made.headers.host),
    body: body === undefined ? undefined : body instanceof Uint8Array ? made.body : made.body.toString(),
    attempts: attempts === undefined ? undefined : attemptsLike(attempts, made),
    hedged: hedged === undefined ? undefined : made.hedged,
    method: method === undefined ? undefined : made.method,
    token: token === undefined ? undefined : (made.token ?? null),
    headers: headers && Object.fromEntries(Object.keys(lowerCased(headers)).map((name) => [name, made.headers[name]])),
    json: json === undefined ? undefined : parsed(made.body.toString()),
  });
}

/** `text`, a URL or a path at `host`, in the form that `expected` has: the whole URL, or path and query. */
function partOf(text: string, expected: string, host = 'unknown'): string {
  const whole = isAbsolute(text) ? text : `http://${host}${text}`;
  if (!(isAbsolute(text) || text.startsWith('/')) || !URL.canParse(whole)) return text;
  const { href, pathname, search } = new URL(whole);
  return isAbsolute(expected) ? href : pathname + search;
}

function isAbsolute(url: string): boolean {
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

/** A value as it is after it was sent as JSON. */
function throughJSON(json: unknown): unknown {
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

/** The message has the diff of Node's own assertion. Test runners show theirs, from `actual` and `expected`. */
function throwMismatch(
  mismatch: Mismatch | undefined,
  assertion: (...facts: never[]) => void,
  unsent: readonly Error[] = [],
): void {
  if (!mismatch) return;
  const { headline, actual, expected } = mismatch;
  let message = unsent.reduce((text, error) => `${text}\nNothing was sent for: ${error.message}`, headline);
  try {
    deepStrictEqual(actual, expected);
  } catch (error) {
    message += `\n${(error as Error).message.replace(/^.*\n/, '')}`;
  }
  // Not the strict operator: some versions of Node would then add the diff a second time.
  throw new AssertionError({ message, actual, expected, operator: 'deepEqual', stackStartFn: assertion });
}
