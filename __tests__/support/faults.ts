import { gzipSync } from 'node:zlib';
import axios from 'axios';
import {
  ConnectionError,
  ContentDecodingError,
  DeadlineExceeded,
  HTTPClient,
  HTTPError,
  JSONDecodeError,
  RequestCancelled,
  RequestException,
  ResponseTooLarge,
  ResponseValidationError,
  SSLError,
  Timeout,
  TokenError,
  TooManyRedirects,
  type ErrorCode,
  type Phase,
  type Sent,
} from '../../src/index';
import {
  aborted,
  drip,
  http,
  json,
  leftOpen,
  raw,
  refused,
  secure,
  stall,
  stallBody,
  tokens,
  unknownHost,
  unlikeSchema,
  type Scene,
  type Setting,
  type Start,
} from './fault-scenes';

/** What comes of a fault where three retries are allowed. */
export interface Expected {
  readonly type: abstract new (...facts: never[]) => RequestException;
  readonly code: ErrorCode;
  readonly sent: Sent;
  /** Of the classes that have one. */
  readonly phase?: Phase;
  readonly retryable: boolean;
  readonly attempts: number;
  /** Requests that reach the service, where they are not as many as the attempts. */
  readonly requests?: number;
}

export interface Fault {
  readonly name: string;
  readonly start: Start;
  /** Called through `getJson` and `postJson`. */
  readonly json?: boolean;
  readonly expected: Expected;
}

export type Method = 'GET' | 'POST';
export const METHODS: readonly Method[] = ['GET', 'POST'];

const OK = 'HTTP/1.1 200 OK\r\n';
const CUT_BODY = `${OK}content-length: 100\r\n\r\npart`;
const GZIP = { 'content-encoding': 'gzip' };
const PACKED = gzipSync('a text that is long enough to be cut in two'.repeat(20));
const SMALL: Setting = { client: { maxResponseSize: 1000 } };
/** So long that a machine that stands still for a moment is not taken for a service that does. */
const SHORT: Setting = { options: { timeout: 0.5, retryAttempts: 1 } };

/** Every fault that a call can meet. */
export const FAULTS = {
  connection: [
    { name: 'refused', start: refused, expected: retried(ConnectionError, 'CONNECTION_REFUSED', 'no', 'connect') },
    { name: 'unknown host', start: unknownHost, expected: retried(ConnectionError, 'HOST_NOT_FOUND', 'no', 'connect') },
    {
      name: 'reset before the headers',
      start: raw((socket) => socket.resetAndDestroy()),
      expected: retried(ConnectionError, 'CONNECTION_RESET', 'maybe', 'headers'),
    },
    {
      name: 'silent close',
      start: raw((socket) => socket.end()),
      expected: retried(ConnectionError, 'CONNECTION_CLOSED', 'maybe', 'headers'),
    },
    {
      name: 'reset amid the body',
      start: raw((socket) => socket.write(CUT_BODY, () => socket.resetAndDestroy())),
      expected: retried(ConnectionError, 'BODY_TRUNCATED', 'yes', 'body'),
    },
    {
      name: 'body shorter than its Content-Length',
      start: raw((socket) => socket.end(CUT_BODY)),
      expected: retried(ConnectionError, 'BODY_TRUNCATED', 'yes', 'body'),
    },
    {
      name: 'chunked body without its last chunk',
      start: raw((socket) => socket.end(`${OK}transfer-encoding: chunked\r\n\r\n4\r\npart\r\n`)),
      expected: retried(ConnectionError, 'BODY_TRUNCATED', 'yes', 'body'),
    },
    {
      name: 'malformed status line',
      start: raw((socket) => socket.end('HTTP/one two hundred\r\n\r\n')),
      expected: final(ConnectionError, 'PROTOCOL_ERROR', 'maybe', 'headers'),
    },
    {
      name: 'header overflow',
      start: raw((socket) => socket.end(`${OK}x-large: ${'x'.repeat(20_000)}\r\n\r\n`)),
      expected: final(ConnectionError, 'HEADERS_TOO_LARGE', 'maybe', 'headers'),
    },
    {
      name: 'self-signed certificate',
      start: secure('127.0.0.1', false),
      expected: final(SSLError, 'CERTIFICATE_INVALID', 'no', 'connect'),
    },
    {
      name: 'certificate for another host',
      start: secure('other.example', true),
      expected: final(SSLError, 'CERTIFICATE_INVALID', 'no', 'connect'),
    },
  ],
  time: [
    { name: 'headers that stall', start: http(stall, SHORT), expected: timedOut('maybe', 'headers') },
    { name: 'body that stalls', start: http(stallBody, SHORT), expected: timedOut('yes', 'body') },
    { name: 'body that drips', start: http(drip, SHORT), expected: timedOut('yes', 'body') },
    {
      name: 'timeout signal of the caller',
      start: async () => http(stall, { options: { signal: AbortSignal.timeout(400) } })(),
      expected: final(DeadlineExceeded, 'DEADLINE_EXCEEDED', 'maybe', 'headers'),
    },
    {
      name: 'wait that does not fit into the deadline',
      start: http({ status: 503 }, { client: { retry: { base: 20 } }, options: { deadline: 10 } }),
      expected: final(DeadlineExceeded, 'DEADLINE_EXCEEDED', 'yes', 'body'),
    },
  ],
  body: [
    {
      name: 'truncated gzip',
      start: http({ headers: GZIP, body: PACKED.subarray(0, PACKED.length - 12) }),
      expected: final(ContentDecodingError, 'CONTENT_DECODING_FAILED', 'yes'),
    },
    {
      name: 'corrupt gzip',
      start: http({ headers: GZIP, body: 'plain text that says it is gzip' }),
      expected: final(ContentDecodingError, 'CONTENT_DECODING_FAILED', 'yes'),
    },
    {
      name: 'Content-Length above maxResponseSize',
      start: http({ headers: { 'content-length': '1001' }, body: 'x'.repeat(1001) }, SMALL),
      expected: final(ResponseTooLarge, 'RESPONSE_TOO_LARGE', 'yes'),
    },
    {
      name: 'chunked body above maxResponseSize',
      start: http({ headers: { 'transfer-encoding': 'chunked' }, body: 'x'.repeat(1001) }, SMALL),
      expected: final(ResponseTooLarge, 'RESPONSE_TOO_LARGE', 'yes'),
    },
    {
      name: 'gzip bomb',
      start: http({ headers: GZIP, body: gzipSync(Buffer.alloc(2_000_000)) }, { client: { maxResponseSize: 100_000 } }),
      expected: final(ResponseTooLarge, 'RESPONSE_TOO_LARGE', 'yes'),
    },
    {
      name: 'redirect loop',
      start: http({ status: 302, headers: { location: '/again' } }, { options: { maxRedirects: 4 } }),
      expected: { ...final(TooManyRedirects, 'TOO_MANY_REDIRECTS', 'yes'), requests: 5 },
    },
    { name: 'JSON that is none', json: true, start: json('{"id": 1,'), expected: badJSON('JSON_INVALID') },
    { name: 'empty body', json: true, start: json(''), expected: badJSON('JSON_EMPTY') },
    { name: 'JSON unlike its schema', json: true, start: unlikeSchema, expected: badJSON('RESPONSE_INVALID') },
    {
      name: 'HTML',
      json: true,
      start: http({ headers: { 'content-type': 'text/html' }, body: '<h1>Welcome</h1>' }),
      expected: badJSON('JSON_INVALID'),
    },
  ],
  status: [
    { name: '400', start: http({ status: 400 }), expected: final(HTTPError, 'CLIENT_ERROR', 'yes') },
    { name: '401', start: http({ status: 401 }), expected: final(HTTPError, 'CLIENT_ERROR', 'yes') },
    { name: '404', start: http({ status: 404 }), expected: final(HTTPError, 'CLIENT_ERROR', 'yes') },
    { name: '429', start: http({ status: 429 }), expected: retried(HTTPError, 'TOO_MANY_REQUESTS', 'yes') },
    { name: '500', start: http({ status: 500 }), expected: retried(HTTPError, 'SERVER_ERROR', 'yes') },
    { name: '503', start: http({ status: 503 }), expected: retried(HTTPError, 'SERVER_ERROR', 'yes') },
  ],
  cancel: [
    {
      name: 'abort before the call',
      start: aborted('before'),
      expected: { ...final(RequestCancelled, 'CANCELLED', 'no'), attempts: 0 },
    },
    {
      name: 'abort during the call',
      start: aborted('during'),
      expected: final(RequestCancelled, 'CANCELLED', 'maybe'),
    },
    { name: 'abort in the wait', start: aborted('wait'), expected: final(RequestCancelled, 'CANCELLED', 'yes') },
  ],
  token: [
    { name: 'token service that refuses', start: tokens(undefined), expected: noToken() },
    { name: 'token service that answers 500', start: tokens({ status: 500 }), expected: noToken() },
    { name: 'token service that answers no JSON', start: tokens({ body: 'no JSON' }), expected: noToken() },
  ],
} satisfies Record<string, readonly Fault[]>;

/** The row of that name. */
export function faultNamed(name: string): Fault {
  const fault = Object.values<readonly Fault[]>(FAULTS)
    .flat()
    .find((row) => row.name === name);
  if (!fault) throw new Error(`No fault is named ${name}`);
  return fault;
}

/** Worth another try, and so tried four times. */
function retried(type: Expected['type'], code: ErrorCode, sent: Sent, phase?: Phase): Expected {
  return { type, code, sent, ...(phase && { phase }), retryable: true, attempts: 4 };
}

/** Worth another try, of which there is one: each takes its whole timeout. */
function timedOut(sent: Sent, phase: Phase): Expected {
  return { ...retried(Timeout, 'TIMEOUT', sent, phase), attempts: 2 };
}

/** Not worth another try. */
function final(type: Expected['type'], code: ErrorCode, sent: Sent, phase?: Phase): Expected {
  return { type, code, sent, ...(phase && { phase }), retryable: false, attempts: 1 };
}

function badJSON(code: ErrorCode): Expected {
  return final(code === 'RESPONSE_INVALID' ? ResponseValidationError : JSONDecodeError, code, 'yes');
}

function noToken(): Expected {
  return { ...final(TokenError, 'TOKEN_UNAVAILABLE', 'no'), attempts: 0 };
}

/** What came of one call. */
export type Outcome = Readonly<{ error: unknown; scene: Scene; url: string }>;

/** Changes to how a scene is called. */
export type Variation = Setting & { readonly url?: (url: string) => string };

/** Starts the service that commits `fault`, calls it, and closes the client. */
export async function provoke(
  { start, json = false }: Fault,
  method: Method,
  { client, options, url: change = (url) => url }: Variation = {},
): Promise<Outcome> {
  const scene = await start();
  const http = new HTTPClient({ retry: { base: 0.001 }, ...scene.client, ...client });
  const url = change(`${scene.url}/tickets`);
  const verb = method === 'GET' ? (json ? 'getJson' : 'get') : json ? 'postJson' : 'post';
  const body = method === 'POST' ? { json: { title: 'New issue' } } : {};
  try {
    const answer = await http[verb](url, { ...body, ...scene.options, ...options });
    throw new Error(`The fault went unnoticed: ${String(answer)}`);
  } catch (error) {
    return { error, scene, url };
  } finally {
    http.close();
  }
}

/** The exception, and what is below it. */
export function chainOf(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let link = error; link !== undefined; link = (link as Error | null)?.cause) chain.push(link);
  return chain;
}

/**
 * Provokes `fault`, and compares the exception with what the table says. That no rejection goes unhandled meanwhile is
 * Jest's to see: it fails the test.
 */
export async function expectFault(fault: Fault, method: Method): Promise<RequestException> {
  const { type, requests, ...expected } = fault.expected;
  const { error, scene, url } = await provoke(fault, method);

  expect(error).toBeInstanceOf(type);
  const exception = error as RequestException;
  const { code, sent, retryable, retries, attempts } = exception;
  const phase = 'phase' in exception ? { phase: exception.phase } : {};
  expect({ name: exception.name, code, sent, ...phase, retryable, attempts: attempts.length }).toEqual({
    name: type.name,
    ...expected,
  });
  expect(retries).toBe(Math.max(0, expected.attempts - 1));
  expect([exception.method, exception.url]).toEqual([method, url]);
  expect(axios.isAxiosError(exception)).toBe(true);
  const causes = chainOf(exception).slice(1);
  expect(causes.filter((cause) => axios.isAxiosError(cause) && !(cause instanceof RequestException))).toEqual([]);
  expect(scene.requests).toHaveLength(requests ?? (sent === 'no' ? 0 : expected.attempts));
  expect(await leftOpen(scene)).toBe(0);
  return exception;
}
