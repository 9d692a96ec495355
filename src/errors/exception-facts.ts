import type { InternalAxiosRequestConfig } from 'axios';
import type { CallFacts, Phase, Sent } from '../journal/attempt';
import type { HTTPResponse } from '../response/http-response';
import type { SchemaIssue } from '../response/standard-schema';
import type { ErrorCode } from './codes';

/** What an exception is created from. */
export interface ExceptionFacts {
  /** A key of `ERROR_CODES`. */
  readonly code: ErrorCode;
  /** What happened, without secrets. */
  readonly message: string;
  /** Whether a retry may succeed. */
  readonly retryable: boolean;
  /** Whether a server has received the request. */
  readonly sent: Sent;
  /** How far the attempt got. */
  readonly phase?: Phase | undefined;
  /** The root error; never an error that holds the config of the request. */
  readonly cause?: unknown;
  /** The call that failed. */
  readonly call?: CallFacts | undefined;
  /** The axios config of the attempt. */
  readonly config?: InternalAxiosRequestConfig | undefined;
  /** The native request. */
  readonly request?: unknown;
  /** Absent if no response came. */
  readonly response?: HTTPResponse | undefined;
  /** Seconds that the server asked to wait. @see RFC 9110, section 10.2.3 */
  readonly retryAfter?: number | undefined;
  /** Offset of the first character that is not JSON. */
  readonly position?: number | undefined;
  /** What the schema found wrong with the response. */
  readonly issues?: readonly SchemaIssue[] | undefined;
}
