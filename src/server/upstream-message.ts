import { STATUS_CODES } from 'node:http';
import type { RequestException } from '../errors/exceptions';
import type { Problem } from '../errors/problem';
import { upstreamResponse, type UpstreamSettings } from './upstream-response';

/** What a caller without HTTP gets when a call that the service depends on failed: what an HTTP caller gets, as one object. */
export interface UpstreamMessage {
  /** Does not name the upstream. */
  readonly message: string;
  readonly problem: Problem;
  /** Seconds. */
  readonly retryAfter?: number;
  /** Present if a retry is of no use. */
  readonly shouldRetry?: false;
}

/** @param requestId the id in the context, if there is one */
export function upstreamMessage(
  error: RequestException,
  settings: UpstreamSettings,
  requestId: string | undefined,
): UpstreamMessage {
  const { headers, body } = upstreamResponse(error, settings, requestId);
  const retryAfter = headers['Retry-After'];
  return {
    message: body.detail ?? body.title ?? 'An upstream service failed.',
    problem: body,
    ...(retryAfter !== undefined && { retryAfter: Number(retryAfter) }),
    ...(headers['X-Should-Retry'] === 'false' && { shouldRetry: false as const }),
  };
}

/**
 * An error for a GraphQL server. GraphQL takes `message` and `extensions` of what a resolver throws, and shows nothing else
 * unless it is told to.
 */
export class UpstreamGraphQLError extends Error {
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor({ message, ...rest }: UpstreamMessage, cause: RequestException) {
    super(message, { cause });
    this.name = 'UpstreamGraphQLError';
    this.extensions = { code: codeOf(rest.problem.status), ...rest };
  }
}

/** `BAD_GATEWAY`, in the style of GraphQL servers. */
function codeOf(status: number | undefined): string {
  return (STATUS_CODES[status ?? 500] ?? 'Internal Server Error').toUpperCase().replace(/\W+/g, '_');
}
