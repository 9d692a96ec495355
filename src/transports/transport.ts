import type { Agent } from 'node:http';
import type { AxiosRequestConfig } from 'axios';
import type { Body } from '../request/encode-body';
import type { Phase } from '../journal/attempt';

/** One request on the wire; a redirect makes another. */
export interface WireRequest {
  /** In capitals. */
  readonly method: string;
  readonly url: URL;
  readonly headers: Record<string, string | string[]>;
  readonly body: Exclude<Body, () => unknown>;
  /** What the caller chose for the connection. */
  readonly connection: Connection;
}

/** Options of axios that concern the connection. */
export interface Connection {
  readonly httpAgent?: Agent | undefined;
  readonly httpsAgent?: Agent | undefined;
  readonly lookup?: AxiosRequestConfig['lookup'];
  readonly family?: AxiosRequestConfig['family'];
  readonly insecureHTTPParser?: boolean | undefined;
  readonly maxHeaderSize?: number | undefined;
}

/** What a transport tells while an exchange goes on. After `end` or `error` it tells nothing more. */
export interface WireEvents {
  head(head: WireHead, exchange: Exchange): void;
  data(chunk: Buffer): void;
  end(): void;
  error(failure: WireFailure): void;
}

/** Status line and headers. */
export interface WireHead {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Record<string, string | string[] | undefined>;
  /** What axios calls `response.request`. */
  readonly request: unknown;
}

/** Why an exchange broke. */
export interface WireFailure {
  readonly error: Error;
  readonly phase: Phase;
  /** The connection had served other requests, and not a byte came back on it for this one. */
  readonly stale: boolean;
  /** It was the caller's stream that failed. */
  readonly byBody: boolean;
}

/** An exchange under way. */
export interface Exchange {
  /** How far it got. */
  readonly phase: Phase;
  /** What axios calls `error.request`. */
  readonly request: unknown;
  pause(): void;
  resume(): void;
  /** Ends the exchange at once and frees its socket; no event follows. */
  destroy(): void;
}

/** What carries requests. It knows nothing of redirects, clocks, statuses or encodings. */
export interface Transport {
  readonly name: string;
  /** What it cannot be told of the connection: requests with these go to the http transport. @default none */
  readonly uncovered?: readonly (keyof Connection)[];
  dispatch(request: WireRequest, events: WireEvents): Exchange;
  /** Closes idle connections; those in use close when their request is over. */
  close(): void;
}

/**
 * Milliseconds within which a reset says that the connection had been closed before: it comes one round trip after the
 * request. A later one may come from an application that had begun to work on it.
 */
export const STALE_WITHIN = 1000;
