import type { ErrorCode, HTTPClient, RequestException } from '@hdms/http-client';

/** What a scene has to play with. */
export interface World {
  /** A client with the contract's defaults: timeout 5 s, 3 retries, waits of 0.5 s, 1 s and 2 s. */
  readonly client: HTTPClient;
  /** The same, with waits a tenth as long. */
  readonly hurried: HTTPClient;
  /** Origin of the user service. */
  readonly users: string;
  /** Origin of the ticket service. */
  readonly tickets: string;
  /** Where nothing listens. */
  readonly nowhere: string;
  /** A token that a user of ours sent along. */
  readonly token: string;
}

/** One call, and how it must end. */
export interface Scene {
  readonly title: string;
  readonly call: (world: World) => Promise<unknown>;
  /** What must come of each attempt: a status, or the code of the error. */
  readonly attempts: readonly (number | ErrorCode)[];
  /** Seconds that must be waited after each attempt but the last. */
  readonly waits?: readonly number[];
  /** How many of the attempts are retries. @default all but the first */
  readonly retries?: number;
  /** The class of the error that the call must end with. @default none */
  readonly error?: abstract new (...facts: never[]) => RequestException;
  /** The body that must be returned. */
  readonly body?: unknown;
  /** Whether to print the error in full. @default false */
  readonly logged?: boolean;
}

/** How the call ended: with one of the two. */
export interface Outcome {
  readonly value?: unknown;
  readonly error?: RequestException;
}
