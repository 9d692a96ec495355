import type { ServerResponse } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Problem } from '../errors/problem';

/** A response that describes a problem. @see RFC 9457 */
export interface ProblemResponse {
  readonly status: number;
  /** Including the media type. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Problem;
}

/** The response for a problem that only needs a status and one sentence. */
export function problemResponse(
  status: number,
  detail: string,
  requestId: string | undefined,
  headers: Readonly<Record<string, string>> = {},
): ProblemResponse {
  return withBody(
    status,
    { type: 'about:blank', title: STATUS_CODES[status] ?? '', status, detail },
    requestId,
    headers,
  );
}

/** @param requestId the id in the context, by which the request can be found in the logs */
export function withBody(
  status: number,
  body: Problem,
  requestId: string | undefined,
  headers: Readonly<Record<string, string>>,
): ProblemResponse {
  return {
    status,
    // Not to be cached: the next request may succeed.
    headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store', ...headers },
    body: requestId === undefined ? body : { ...body, requestId },
  };
}

const DISCARDED_HEADERS =
  /^(content-(?!security-policy)|(transfer-encoding|trailer|etag|last-modified|accept-ranges|location|link|expires)$)/;

/** Whether a header (in lower case) describes the response that the handler had prepared, and so must be removed. */
export function isDiscardedHeader(name: string): boolean {
  return DISCARDED_HEADERS.test(name);
}

/** @param response nothing of it must have been sent */
export function sendProblem(response: ServerResponse, { status, headers, body }: ProblemResponse): void {
  const bytes = Buffer.from(JSON.stringify(body));
  for (const name of response.getHeaderNames()) if (isDiscardedHeader(name)) response.removeHeader(name);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.statusCode = status;
  // The handler may have set a message for another status. HTTP/2 has no status messages, and Node warns about them.
  if (response.req.httpVersionMajor < 2) response.statusMessage = STATUS_CODES[status] ?? '';
  response.setHeader('Content-Length', bytes.length);
  response.end(bytes);
}
