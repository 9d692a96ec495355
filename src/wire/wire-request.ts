import type { InternalAxiosRequestConfig } from 'axios';
import type { Call } from '../call/call';
import { basicAuthorization, basicCredentials } from '../request/credentials';
import type { ErrorCode } from '../errors/codes';
import type { RequestException } from '../errors/exceptions';
import { freshBody } from './fresh-body';
import { HOP_BY_HOP, hopByHopValue } from './hop-by-hop';
import { targetOf } from '../request/url';
import { frame } from './framing';
import type { Connection, WireRequest } from '../transports/transport';
import { findName } from '../util/header-names';
import { UPPER_CASE } from '../util/method-names';

/** The limit of the Fetch standard. */
export const MAX_REDIRECTS = 20;
const USER_AGENT = 'hdms-http-client';
const ACCEPT_ENCODING = 'gzip, deflate, br';

/**
 * The wire request for an axios config.
 *
 * @throws InvalidRequest if the URL is not absolute http or https, or the body or a header cannot be sent
 */
export function toWireRequest(config: InternalAxiosRequestConfig, call: Call): WireRequest {
  const target = targetOf(config, call);
  const hasNoExtras = isPlain(target);
  const credentials = config.auth || !hasNoExtras ? basicCredentials(config, target) : undefined;
  const given = config.method ?? 'get';
  const method = UPPER_CASE.get(given) ?? given.toUpperCase();
  const headers = headersToSend(config, credentials, call);
  const body = framedBody(method, headers, config.data, call);
  const url = hasNoExtras ? target : withoutExtras(target);
  return new FirstRequest(method, url, headers, body, connectionOf(config), hasBroken(call.lastError));
}

/** The request of an attempt, before redirects. A class: see `toResponse`. */
class FirstRequest implements WireRequest {
  constructor(
    readonly method: string,
    readonly url: URL,
    readonly headers: WireRequest['headers'],
    readonly body: WireRequest['body'],
    readonly connection: Connection,
    readonly newConnection: boolean,
  ) {}
}

/** Codes of failures after which other connections to the server may be dead too. */
const BROKEN: ReadonlySet<string> = new Set<ErrorCode>([
  'STALE_CONNECTION',
  'CONNECTION_RESET',
  'CONNECTION_CLOSED',
  'CONNECTION_FAILED',
  'BODY_TRUNCATED',
  'TIMEOUT',
]);

/**
 * Also after the 408 of a server that closes an idle connection. Not if no connection was open: the idle ones may be well, and
 * to open another one would take a file or a port more from a process that has none left.
 */
function hasBroken(failure: RequestException | undefined): boolean {
  if (failure === undefined || failure.sent === 'no') return false;
  return BROKEN.has(failure.code) || failure.status === 408;
}

function isPlain({ username, password, hash }: Readonly<URL>): boolean {
  return username === '' && password === '' && hash === '';
}

function withoutExtras(target: Readonly<URL>): URL {
  const url = new URL(target.href);
  url.username = url.password = url.hash = '';
  return url;
}

/** The same request with a new body, for a redirect that requires it again. */
export function withFreshBody(
  request: WireRequest,
  { data, headers: given }: InternalAxiosRequestConfig<unknown>,
  call: Call,
): WireRequest {
  const headers = { ...request.headers };
  // Otherwise it is ours, and a function may return another body.
  if (findName(given, 'content-length') === undefined) delete headers['Content-Length'];
  return { ...request, headers, body: framedBody(request.method, headers, data, call) };
}

/** The body for one attempt, with its length in `headers`. */
function framedBody(method: string, headers: WireRequest['headers'], data: unknown, call: Call): WireRequest['body'] {
  // Most requests have none.
  const body = data === undefined ? undefined : freshBody(data, call, headers);
  const isPlain = body === undefined && !('Content-Length' in headers);
  return isPlain ? undefined : frame(method, headers, body, call);
}

/** The header values that interceptors may set. */
type HeaderValue = string | number | boolean | null | undefined;

/**
 * The headers of a request, before `frame` looks at them. `null`, `undefined` and `false` send none, also in place of a
 * default. One pass, because every AxiosHeaders lookup scans all headers.
 */
function headersToSend(
  config: InternalAxiosRequestConfig,
  credentials: string | undefined,
  call: Call,
): WireRequest['headers'] {
  const headers: WireRequest['headers'] = {};
  const given = config.headers as unknown as Readonly<Record<string, HeaderValue | readonly HeaderValue[]>>;
  const seen: string[] = [];
  for (const written of Object.keys(given)) {
    const value = given[written];
    const lower = written.toLowerCase();
    // The name that `frame` reads.
    const name = lower === 'content-length' ? 'Content-Length' : written;
    if (lower === 'authorization' && credentials !== undefined) continue;
    // Interceptors that assign headers directly may repeat a name in another case; the last one wins.
    if (seen.includes(lower)) Reflect.deleteProperty(headers, findName(headers, lower) ?? lower);
    else seen.push(lower);
    if (!isSent(value)) continue;
    const text = Array.isArray(value) ? headerLines(lower, value) : String(value);
    const sent = HOP_BY_HOP.has(lower) ? hopByHopValue(lower, text, call) : text;
    if (sent !== undefined) headers[name] = sent;
  }
  if (credentials !== undefined) headers['Authorization'] = basicAuthorization(credentials);
  if (!seen.includes('accept-encoding') && config.decompress !== false) headers['Accept-Encoding'] = ACCEPT_ENCODING;
  if (!seen.includes('user-agent')) headers['User-Agent'] = USER_AGENT;
  return headers;
}

function isSent(value: unknown): boolean {
  return value !== null && value !== undefined && value !== false;
}

/** A list is a line for each value, but of cookies there is one line. @see RFC 6265, section 5.4 */
function headerLines(name: string, values: readonly HeaderValue[]): string | string[] {
  const lines = values.filter(isSent).map(String);
  return name === 'cookie' && lines.length > 0 ? lines.join('; ') : lines;
}

const NO_CONNECTION_OPTIONS = ownConnection({});

/** Requests without connection options share one object. */
function connectionOf(config: Connection): Connection {
  const { httpAgent, httpsAgent, lookup, family, insecureHTTPParser, maxHeaderSize, proxy } = config;
  const some = httpAgent ?? httpsAgent ?? lookup ?? family ?? insecureHTTPParser ?? maxHeaderSize ?? proxy;
  return some === undefined ? NO_CONNECTION_OPTIONS : ownConnection(config);
}

/** All options are its own, so that a polluted `Object.prototype` adds none. */
function ownConnection(config: Connection): Connection {
  const { httpAgent, httpsAgent, lookup, family, insecureHTTPParser, maxHeaderSize, proxy } = config;
  return { httpAgent, httpsAgent, lookup, family, insecureHTTPParser, maxHeaderSize, proxy };
}
