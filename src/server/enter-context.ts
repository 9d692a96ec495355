import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { valueOrKind } from '../checks/kind-of';
import { wrongOption } from '../checks/wrong-option';
import { checkNames, checkOptions } from '../checks/names';
import {
  checkContextOptions,
  contextSettings,
  fromHeaders,
  type ContextOptions,
  type ContextSettings,
} from '../context/from-headers';
import type { RequestContext } from '../context/inbound-context';
import { currentContext, enter } from '../context/run-in-context';
import { isRequestCancelled } from '../errors/guards';
import { follow } from '../util/abort';
import { LazySignal } from '../util/lazy-signal';
import { InboundRoute } from './inbound-route';

/** How the context of an inbound request is created from its headers. */
export interface InboundContextOptions extends Pick<ContextOptions, 'forward' | 'timeoutHeader'> {
  /**
   * Whether the caller of a request is one of your services; a function decides for each request, and any result except `true`
   * means no. Id, trace, baggage, attempt number and deadline of other callers are ignored. Set `false` if clients outside your
   * platform reach the service directly.
   *
   * @default true
   */
  readonly trust?: boolean | ((request: IncomingMessage) => boolean) | undefined;
}

const NAMES = new Set(['forward', 'timeoutHeader', 'trust']);

/** The options, prepared once for all requests. */
export interface InboundContextSettings extends ContextSettings {
  readonly trust: InboundContextOptions['trust'];
}

/** @throws TypeError if an option is wrong */
export function inboundContextSettings(options: InboundContextOptions): InboundContextSettings {
  checkOptions(options);
  checkNames('option of the request context', options, NAMES, false);
  const { trust, ...others } = options;
  if (trust !== undefined && typeof trust !== 'boolean' && typeof trust !== 'function') {
    throw wrongOption('trust', 'be true, false or a function of the request', valueOrKind(trust, 'word'));
  }
  checkContextOptions(others);
  return { ...contextSettings(others), trust };
}

/**
 * Where a response has its request's state, so that there is one even if the middleware is mounted several times, also from
 * different copies of this package.
 */
const SERVED: unique symbol = Symbol.for('@hdms/http-client/served');

type Response = ServerResponse & { [SERVED]?: Served };

/** The same of HTTP/2, which does not tell that it is destroyed. */
interface HTTP2Response {
  readonly destroyed?: undefined;
  readonly stream?: { readonly destroyed: boolean };
}

/** An inbound request that is being served. */
class Served {
  readonly context: RequestContext;
  readonly disconnection = new LazySignal();
  readonly #route: InboundRoute;

  constructor(request: IncomingMessage, settings: InboundContextSettings) {
    const { trust = true } = settings;
    this.#route = new InboundRoute(request);
    this.context = fromHeaders(request.headers, settings, {
      // Not what merely counts as true: an async function would trust everybody.
      trust: typeof trust === 'function' ? (trust(request) as unknown) === true : trust,
      signal: this.disconnection,
      route: this.#route.tell,
    });
  }

  /** What a handler does after a complete response is not for this caller, so it goes on. */
  end(isComplete: boolean): void {
    this.#route.release();
    if (!isComplete) this.disconnection.abort(new Error('the caller hung up'));
  }
}

/**
 * Runs `next` in the context of an inbound request, and sends the request id with the response. The signal of the
 * context fires when the caller disconnects; its deadline counts from now.
 *
 * @param request of `node:http`, like `response`; frameworks may wrap them (Fastify: `request.raw`, `reply.raw`)
 */
export function enterContext<T>(
  request: IncomingMessage,
  response: Response,
  settings: InboundContextSettings,
  next: () => T,
): T {
  const { context } = response[SERVED] ?? serve(request, response, settings);
  return enter(context, next);
}

/** The id of the request that belongs to `response`; `undefined` if it has no context. */
export function inboundRequestId(response: Response): string | undefined {
  // The current context comes second: it is lost if a library calls back from another context.
  return (response[SERVED]?.context ?? currentContext())?.requestId;
}

/** Whether the caller disconnected before the response was complete. Node also destroys complete responses. */
export function isAbandoned(response: Response): boolean {
  const { errored } = response as Partial<Response>;
  // `pipeline` destroys the response to a caller who still waits, if what it passes on breaks off.
  if (errored && !isRequestCancelled(errored)) return false;
  const isGone = isDestroyed(response) || response[SERVED]?.disconnection.aborted === true;
  return isGone && !response.writableEnded;
}

function isDestroyed(response: ServerResponse | HTTP2Response): boolean {
  return response.destroyed ?? response.stream?.destroyed ?? false;
}

function serve(request: IncomingMessage, response: Response, settings: InboundContextSettings): Served {
  const served = (response[SERVED] = new Served(request, settings));
  if (!response.headersSent) response.setHeader('X-Request-Id', served.context.requestId);
  if (isDestroyed(response)) onClose.call(response);
  else response.once('close', onClose);
  // The response to a pipelined request gets its socket after those before it. Until Node 24, it learns of no end before that.
  if (response.socket === null) whenClosed(request.socket, response, onClose.bind(response));
  return served;
}

/** One function for all responses. */
function onClose(this: Response): void {
  this[SERVED]?.end(this.writableEnded);
}

/** By connection, so that many requests on it need one listener. */
const closures = new WeakMap<Socket, AbortSignal>();

function whenClosed(socket: Socket | null | undefined, response: ServerResponse, onClose: () => void): void {
  if (!socket) return;
  let closure = closures.get(socket);
  if (!closure) {
    const controller = new AbortController();
    closures.set(socket, (closure = controller.signal));
    if (socket.destroyed) controller.abort();
    else socket.once('close', controller.abort.bind(controller));
  }
  response.once('close', follow(closure, onClose));
}
