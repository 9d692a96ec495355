import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { ProblemAnswer } from '../server/problem-response';
import { isOfUnsentAnswer, sendProblem } from '../server/problem-response';
import type { TokenClaims } from '../tokens/jwt/verify-token';

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
  removeHeader(name: string): unknown;
  code(status: number): unknown;
  send(body: Buffer): unknown;
  /** Whether Fastify has left the answer to others. */
  readonly sent: boolean;
}

export type PlatformResponse = ExpressResponse | FastifyReply;

/** The response of `node:http` below. */
export function rawOf(response: PlatformResponse): ServerResponse {
  return response.raw ?? response;
}

/** Sends `answer` on a response of which nothing has been sent, over whatever platform. */
export function sendAnswer(response: PlatformResponse, answer: ProblemAnswer): void {
  if (response.raw === undefined || response.sent) {
    sendProblem(rawOf(response), answer);
    return;
  }
  // Not past Fastify, whose hooks see every answer and add to it.
  const { status, headers, body } = answer;
  for (const name of Object.keys(response.getHeaders()).filter(isOfUnsentAnswer)) {
    response.removeHeader(name);
    response.raw.removeHeader(name);
  }
  for (const [name, value] of Object.entries(headers)) response.header(name, value);
  response.code(status);
  response.send(Buffer.from(JSON.stringify(body)));
}
