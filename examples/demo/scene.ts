import type { ErrorCode, HTTPClient, RequestException } from '@hdms/http-client';

/** What a scene can use. */
export interface World {
  /** A client with the contract's defaults: timeout 5 s, 3 retries, waits of 0.5 s, 1 s and 2 s. */
  readonly client: HTTPClient;
  /** The same, with a tenth of the waits. */
  readonly hurried: HTTPClient;
  /** Origin of the user service. */
  readonly users: string;
  /** Origin of the ticket service. */
  readonly tickets: string;
  /** A URL where nothing listens. */
  readonly nowhere: string;
  /** A token that a user has sent. */
  readonly token: string;
}

/** One call, and how it must end. */
export interface Scene {
  readonly title: string;
  readonly call: (world: World) => Promise<unknown>;
  /** The expected outcome of each attempt: a status, or the code of the error. */
  readonly attempts: readonly (number | ErrorCode)[];
  /** The expected wait in seconds after each attempt except the last. */
  readonly waits?: readonly number[];
  /** How many of the attempts are retries. @default all but the first */
  readonly retries?: number;
  /** The class of the expected error. @default none */
  readonly error?: abstract new (...facts: never[]) => RequestException;
  /** The expected body. */
  readonly body?: unknown;
  /** Whether to print the error in full. @default false */
  readonly logged?: boolean;
}

/** How the call ended: has one of the two. */
export interface Outcome {
  readonly value?: unknown;
  readonly error?: RequestException;
}
