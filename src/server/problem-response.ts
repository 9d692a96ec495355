import type { ServerResponse } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Problem } from '../errors/problem';

/** An answer that says what went wrong. @see RFC 9457 */
export interface ProblemAnswer {
  readonly status: number;
  /** With the media type among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Problem;
}

/** The answer for a problem of which the status says all that there is to know, but for a sentence. */
export function problemAnswer(
  status: number,
  detail: string,
  requestId: string | undefined,
  headers: Readonly<Record<string, string>> = {},
): ProblemAnswer {
  return withBody(
    status,
    { type: 'about:blank', title: STATUS_CODES[status] ?? '', status, detail },
    requestId,
    headers,
  );
}

/** @param requestId that of the context, which a person can look for in the logs */
export function withBody(
  status: number,
  body: Problem,
  requestId: string | undefined,
  headers: Readonly<Record<string, string>>,
): ProblemAnswer {
  return {
    status,
    // What failed a moment ago may work now.
    headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store', ...headers },
    body: requestId === undefined ? body : { ...body, requestId },
  };
}

const OF_UNSENT_ANSWER =
  /^(content-(?!security-policy)|(transfer-encoding|trailer|etag|last-modified|accept-ranges|location|link|expires)$)/;

/** Whether a header, in lower case, belongs to the answer that a handler meant to give. */
export function isOfUnsentAnswer(name: string): boolean {
  return OF_UNSENT_ANSWER.test(name);
}

/** Sends `answer` on a response of which nothing has been sent. */
export function sendProblem(response: ServerResponse, { status, headers, body }: ProblemAnswer): void {
  const bytes = Buffer.from(JSON.stringify(body));
  for (const name of response.getHeaderNames()) if (isOfUnsentAnswer(name)) response.removeHeader(name);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.statusCode = status;
  // A handler may have had words for the status that it meant to send. HTTP/2 knows none, and warns of them.
  if (response.req.httpVersionMajor < 2) response.statusMessage = STATUS_CODES[status] ?? '';
  response.setHeader('Content-Length', bytes.length);
  response.end(bytes);
}
