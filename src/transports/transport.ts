import type { Agent } from 'node:http';
import type { AxiosRequestConfig } from 'axios';
import type { Body } from '../request/body';
import type { Stopwatch } from '../events/stopwatch';
import type { Phase } from '../journal/attempt';
import type { ConnectionLimits } from './connections';

/** One request on the wire; each redirect is another one. */
export interface WireRequest {
  /** In upper case. */
  readonly method: string;
  readonly url: URL;
  readonly headers: Record<string, string | string[]>;
  readonly body: Exclude<Body, () => unknown>;
  /** The caller's connection options. */
  readonly connection: Connection;
  /**
   * Whether it needs a connection of its own, which is closed after it: that of the last attempt failed, or the client has been
   * closed.
   */
  readonly newConnection: boolean;
  /** Measures its steps. Absent unless somebody observes. */
  readonly watch?: Stopwatch | undefined;
}

/** The axios options that concern the connection. */
export interface Connection {
  readonly httpAgent?: Agent | undefined;
  readonly httpsAgent?: Agent | undefined;
  readonly lookup?: AxiosRequestConfig['lookup'];
  readonly family?: AxiosRequestConfig['family'];
  readonly insecureHTTPParser?: boolean | undefined;
  readonly maxHeaderSize?: number | undefined;
  readonly proxy?: AxiosRequestConfig['proxy'] | undefined;
}

/** Events of an exchange. No event follows `end` or `error`. */
export interface WireEvents {
  head(head: WireHead, exchange: Exchange): void;
  data(chunk: Buffer): void;
  end(): void;
  error(failure: WireFailure): void;
}

const ignore = (): void => undefined;

/** Gets the events of an exchange that is over, so that what Node keeps of the exchange does not keep the call. */
export const NOBODY: WireEvents = { head: ignore, data: ignore, end: ignore, error: ignore };

/** Status line and headers. */
export interface WireHead {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Record<string, string | string[] | undefined>;
  /** Becomes `response.request` in axios. */
  readonly request: unknown;
}

/** Why an exchange failed. */
export interface WireFailure {
  readonly error: Error;
  readonly phase: Phase;
  /** Whether the connection had served other requests and failed before the first response byte of this one. */
  readonly stale: boolean;
  /** Whether the caller's body stream failed. */
  readonly byBody: boolean;
}

/** A request in progress and its response. */
export interface Exchange {
  /** How far it got. */
  readonly phase: Phase;
  /** Becomes `error.request` in axios. */
  readonly request: unknown;
  pause(): void;
  resume(): void;
  /**
   * Aborts the exchange and frees its socket; no event follows.
   *
   * @param reason why the attempt fails, if it does
   */
  destroy(reason?: Error): void;
  /**
   * Tells that no response came in time, before `destroy`. If the connection was reused, the other idle ones to the server
   * may be as dead, so the transport closes them.
   */
  timedOut?(): void;
}

/** Sends requests. It does not handle redirects, timeouts, statuses or encodings. */
export interface Transport {
  /** Names the transport in messages and logs. */
  readonly name: string;
  /** Connection options that it does not support; requests that set one use the http transport. @default none */
  readonly uncovered?: readonly (keyof Connection)[];
  /**
   * Whether it sends requests through `connection.proxy`, and through the proxies of the environment where the client trusts it.
   * Otherwise such requests use the http transport.
   *
   * @default false
   */
  readonly proxies?: boolean;
  /**
   * Whether a connection is free for the next request only one turn of the event loop after its response has ended, so that a
   * request that follows at once would open another.
   *
   * @default false
   */
  readonly freesLate?: boolean;
  /**
   * Sends a request.
   *
   * @throws the error of an agent, a `lookup` or the HTTP library if the request cannot be sent
   */
  dispatch(request: WireRequest, events: WireEvents): Exchange;
  /** Closes idle connections; those in use close when their request ends. */
  close(): void;
  /** The same transport with connections of its own that keep these limits. Called for a client with the option `connections`. */
  withLimits?(limits: ConnectionLimits): Transport;
}

/**
 * Milliseconds within which a reset means that the server had already closed the connection: it arrives one round trip
 * after the request. A later reset may come from an application that had started to process the request.
 */
const STALE_WITHIN = 1000;

/**
 * Whether a body that must not be there may follow a response, and would be read as the response to the next request. Servers
 * that send one with HEAD are so frequent that undici closes its connection, too.
 */
export function mayLeaveBody(method: string | undefined, status: number, headers: WireHead['headers']): boolean {
  const announces = Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined;
  return method === 'HEAD' || (status === 204 && announces);
}

/** The error for a final status below 200 or above 599: parsers accept all numbers of three digits. */
export function invalidStatus(status: number): Error {
  return Object.assign(new Error(`${status} is not the status of a response`), { code: 'HPE_INVALID_STATUS' });
}

/** The error for a body that ends before its end: with Node's code for the same of HTTP/1.1. */
export function cutOff(): Error {
  return Object.assign(new Error('the body is not complete'), { code: 'ECONNRESET' });
}

/** A socket that is kept for further requests. */
export interface KeptSocket {
  readonly bytesRead?: number;
  /** `bytesRead` at the end of its last response. */
  bytesBefore?: number | undefined;
}

/**
 * Whether a connection broke soon after a request was written, and nothing of a response has arrived: if it was reused, the
 * server had already closed it.
 */
export function brokeEarly(
  { code, message }: NodeJS.ErrnoException,
  startedAt: number,
  { bytesRead = 0, bytesBefore = bytesRead }: KeptSocket,
): boolean {
  if (performance.now() - startedAt >= STALE_WITHIN || bytesRead > bytesBefore) return false;
  // undici has one code for a close and for responses that it rejects.
  return code === 'ECONNRESET' || code === 'EPIPE' || (code === 'UND_ERR_SOCKET' && message.endsWith('closed'));
}
