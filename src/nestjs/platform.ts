import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { ProblemAnswer } from '../inbound/problem-answer';
import { sendProblem } from '../inbound/problem-answer';
import type { TokenClaims } from '../tokens/verify-token';

/** What the requests of Express and of Fastify have in common. */
export interface PlatformRequest {
  readonly headers: IncomingHttpHeaders;
  auth?: TokenClaims;
}

/** Express's response is Node's own. */
type ExpressResponse = ServerResponse & { readonly raw?: undefined; header(name: string, value: string): unknown };

/** Fastify's wraps it. */
interface FastifyReply {
  readonly raw: ServerResponse;
  header(name: string, value: string): unknown;
  getHeaders(): Record<string, number | string | string[] | undefined>;
  /** Leaves the answer to others. */
  hijack(): unknown;
}

export type PlatformResponse = ExpressResponse | FastifyReply;

/** The response of `node:http` below. */
export function rawOf(response: PlatformResponse): ServerResponse {
  return response.raw ?? response;
}

/** Sends `answer` on a response of which nothing has been sent, over whatever platform. */
export function sendAnswer(response: PlatformResponse, answer: ProblemAnswer): void {
  if (response.raw !== undefined) {
    // What hooks have set, as that of CORS does, waits there until Fastify sends.
    for (const [name, value] of Object.entries(response.getHeaders())) {
      if (value !== undefined) response.raw.setHeader(name, value);
    }
    response.hijack();
  }
  sendProblem(rawOf(response), answer);
}
