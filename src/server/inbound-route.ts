import type { IncomingMessage } from 'node:http';
import { expressRoute, type ExpressMatch } from './express-route';

/** Of Fastify. The route is known from its first hook on. */
export interface FastifyRequest {
  readonly raw: IncomingMessage;
  readonly routeOptions?: { readonly url?: string | undefined } | undefined;
}

/** Where a request of `node:http` has that of Fastify, for all copies of this package: it cannot be reached otherwise. */
const FASTIFY: unique symbol = Symbol.for('@hdms/http-client/fastify-request');

type Inbound = IncomingMessage & ExpressMatch & { [FASTIFY]?: FastifyRequest };

/** Lets `InboundRoute` tell the routes of Fastify. */
export function noteFastifyRequest(request: FastifyRequest): void {
  (request.raw as Inbound)[FASTIFY] = request;
}

/** The route that serves a request: its declaration, such as `/orders/:id`. Nothing is computed before somebody asks. */
export class InboundRoute {
  #request: Inbound | undefined;
  /** What is left of the request after its end. */
  #match: ExpressMatch | undefined;
  #known: string | undefined;

  /** Not made where it is used: functions of one scope share what they hold, and one there holds the response. */
  readonly tell = (): string | undefined => this.path;

  constructor(request: IncomingMessage) {
    this.#request = request;
  }

  /** `undefined` until the framework knows it. */
  get path(): string | undefined {
    // Another router may follow.
    const path = this.#request ? pathOf(this.#request) : this.#match && expressRoute(this.#match);
    return (this.#known = path ?? this.#known);
  }

  /** Lets go of the request, for a context that lives longer. */
  release(): void {
    const { route, app, originalUrl } = this.#request ?? {};
    if (route !== undefined) this.#match = { route, app, originalUrl };
    this.#request = undefined;
  }
}

function pathOf(request: Inbound): string | undefined {
  const fastify = request[FASTIFY];
  return fastify ? fastify.routeOptions?.url : expressRoute(request);
}
