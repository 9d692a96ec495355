import type { InternalAxiosRequestConfig } from 'axios';
import { createException, type Facts } from '../errors/create';
import type { WireHead, WireRequest } from '../transports/transport';
import { basicAuthorization } from '../request/credentials';
import { addressOf, hostInURL } from '../util/host';
import { toError } from '../util/is-error';
import { ignoreRejection, isPromise } from '../util/promises';

type BeforeRedirect = NonNullable<InternalAxiosRequestConfig['beforeRedirect']>;

/** The request that was redirected, and how. */
interface AskedAbout {
  readonly request: WireRequest;
  readonly head: WireHead;
  readonly config: InternalAxiosRequestConfig;
  readonly facts: Facts;
}

/** The options of the next request, in the form in which axios shows them to `beforeRedirect`. */
interface NextOptions extends Record<string, unknown> {
  protocol: string;
  hostname: string;
  port: number | string;
  path: string;
  method: string;
  headers: Record<string, string | string[]>;
  /** `user:password` */
  auth?: string;
}

/**
 * Shows a redirect to the caller's `beforeRedirect`, which may change the next request, or refuse it by throwing.
 *
 * @returns the next request, with the caller's changes
 * @throws InvalidRequest if `beforeRedirect` throws, or its changes do not form a URL
 */
export function askCaller(next: WireRequest, { request, head, config, facts }: AskedAbout): WireRequest {
  if (!config.beforeRedirect) return next;
  const { url, method, headers } = request;
  const options = toOptions(next);
  const details = { headers: head.headers, statusCode: head.status } as unknown as Parameters<BeforeRedirect>[1];
  const asked = { url: url.href, method, headers: headers as Record<string, string> };
  try {
    const decision = (config.beforeRedirect as (...given: unknown[]) => unknown)(options, details, asked);
    if (isPromise(decision)) refusePromise(decision);
    return fromOptions(options, next);
  } catch (thrown) {
    const cause = toError(thrown);
    const detail = `\`beforeRedirect\` refused a ${head.status}: ${cause.message}`;
    throw createException('REDIRECT_REFUSED', { ...facts, cause, detail });
  }
}

/** A redirect that is not waited for would be followed before it is refused. */
function refusePromise(decision: Promise<unknown>): never {
  ignoreRejection(decision);
  throw new Error('it returned a promise, but must decide at once');
}

function toOptions({ url, method, headers }: WireRequest): NextOptions {
  const { protocol, host, port, href, pathname, search, hash } = url;
  // As in Node's options, an IPv6 address has no brackets.
  const hostname = addressOf(url);
  const path = pathname + search;
  return { protocol, hostname, host, port, href, path, pathname, search, hash, method, headers: { ...headers } };
}

function fromOptions(
  { protocol, hostname, port, path, method, headers, auth }: NextOptions,
  next: WireRequest,
): WireRequest {
  const host = hostInURL(hostname);
  const authority = port === '' ? host : `${host}:${port}`;
  const basic = auth === undefined ? {} : { Authorization: basicAuthorization(auth) };
  return { ...next, url: new URL(`${protocol}//${authority}${path}`), method, headers: { ...headers, ...basic } };
}
