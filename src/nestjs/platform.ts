import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { ProblemResponse } from '../server/problem-response';
import { isDiscardedHeader, sendProblem } from '../server/problem-response';
import { noteFastifyRequest, type FastifyRequest } from '../server/inbound-route';
import type { TokenClaims } from '../tokens/jwt/verify-token';

/** What the requests of Express and of Fastify have in common. */
export interface PlatformRequest {
  readonly headers: IncomingHttpHeaders;
  auth?: TokenClaims;
}

/** Express's response is that of `node:http`. */
type ExpressResponse = ServerResponse & { readonly raw?: undefined; header(name: string, value: string): unknown };

/** Fastify's response wraps that of `node:http`. */
interface FastifyReply {
  readonly raw: ServerResponse;
  header(name: string, value: string): unknown;
  getHeaders(): Record<string, number | string | string[] | undefined>;
  removeHeader(name: string): unknown;
  code(status: number): unknown;
  send(body: Buffer): unknown;
  /** Also true after `reply.hijack()`: then Fastify does not send the response. */
  readonly sent: boolean;
}

/** The part of Fastify that has the route of a request. */
interface Fastify {
  addHook(name: 'onRequest', hook: (request: FastifyRequest, reply: unknown, done: () => void) => void): unknown;
}

export type PlatformResponse = ExpressResponse | FastifyReply;

/** Makes the route of a request known to its context. Express needs nothing for that. */
export function noteRoutes(server: unknown): void {
  if (!isFastify(server)) return;
  server.addHook('onRequest', (request, _reply, done) => {
    noteFastifyRequest(request);
    done();
  });
}

function isFastify(server: unknown): server is Fastify {
  return typeof (server as Partial<Fastify> | undefined)?.addHook === 'function';
}

/** The underlying response of `node:http`. */
export function rawOf(response: PlatformResponse): ServerResponse {
  return response.raw ?? response;
}

/** @param response of any platform; nothing of it must have been sent */
export function sendPlatformProblem(response: PlatformResponse, problem: ProblemResponse): void {
  if (response.raw === undefined || response.sent) {
    sendProblem(rawOf(response), problem);
    return;
  }
  // Through Fastify, so that its hooks see the response and can add to it.
  const { status, headers, body } = problem;
  for (const name of Object.keys(response.getHeaders()).filter(isDiscardedHeader)) {
    response.removeHeader(name);
    response.raw.removeHeader(name);
  }
  for (const [name, value] of Object.entries(headers)) response.header(name, value);
  response.code(status);
  response.send(Buffer.from(JSON.stringify(body)));
}
