import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { inspect } from 'node:util';
import { checkNames, checkOptions } from '../checks/names';
import { checkContextOptions, fromHeaders, type ContextOptions } from '../context/from-headers';
import type { RequestContext } from '../context/inbound-context';
import { currentContext, runInContext } from '../context/run-in-context';
import { follow } from '../util/abort';
import { InboundRoute } from './inbound-route';

/** How the context of an inbound request is created from its headers. */
export interface InboundContextOptions extends Pick<ContextOptions, 'forward' | 'timeoutHeader'> {
  /**
   * Whether the caller of a request belongs to the own services; a function decides for each request, and only `true` counts.
   * From others, neither id, trace, baggage, attempt number nor deadline is taken. A service that strangers reach directly sets
   * `false`.
   *
   * @default true
   */
  readonly trust?: boolean | ((request: IncomingMessage) => boolean) | undefined;
}

const NAMES = new Set(['forward', 'timeoutHeader', 'trust']);

/** By response, so that a request has one context even if the middleware is mounted several times. */
const contexts = new WeakMap<ServerResponse, RequestContext>();

/** @throws TypeError if an option is wrong */
export function checkInboundContextOptions(options: InboundContextOptions): void {
  checkOptions(options);
  checkNames('option of the request context', options, NAMES, false);
  const { trust, ...others } = options;
  if (trust !== undefined && typeof trust !== 'boolean' && typeof trust !== 'function') {
    throw new TypeError(`Option \`trust\` must be true, false or a function of the request, got ${inspect(trust)}`);
  }
  checkContextOptions(others);
}

/**
 * Runs `next` in the context of an inbound request, and sends the request id with the response. The signal of the
 * context fires when the caller disconnects; its deadline counts from now.
 *
 * @param request of `node:http`, like `response`; frameworks may wrap them (Fastify: `request.raw`, `reply.raw`)
 * @param options already checked by `checkInboundContextOptions`
 */
export function enterContext<T>(
  request: IncomingMessage,
  response: ServerResponse,
  options: InboundContextOptions,
  next: () => T,
): T {
  return runInContext(contexts.get(response) ?? makeContext(request, response, options), next);
}

/** The id of the request that belongs to `response`; `undefined` if it has no context. */
export function requestIdOf(response: ServerResponse): string | undefined {
  // The current context comes second: it is lost if a library calls back from another context.
  return (contexts.get(response) ?? currentContext())?.requestId;
}

/** Whether the caller disconnected before the response was complete. Node also destroys complete responses. */
export function isAbandoned(response: ServerResponse): boolean {
  // An HTTP/2 response does not report that it is destroyed.
  const isGone = response.destroyed || contexts.get(response)?.signal?.aborted === true;
  return isGone && !response.writableEnded;
}

function makeContext(
  request: IncomingMessage,
  response: ServerResponse,
  { trust = true, ...options }: InboundContextOptions,
): RequestContext {
  const disconnection = new AbortController();
  // Not what merely counts as true: an async function would trust everybody.
  const isTrusted = typeof trust === 'function' ? (trust(request) as unknown) === true : trust;
  const inbound = new InboundRoute(request);
  const { tell: route } = inbound;
  const context = fromHeaders(request.headers, { ...options, trust: isTrusted, signal: disconnection.signal, route });
  contexts.set(response, context);
  if (!response.headersSent) response.setHeader('X-Request-Id', context.requestId);
  const onClose = (): void => {
    inbound.release();
    // What a handler does after a complete response is not for this caller, so it goes on.
    if (!response.writableEnded) disconnection.abort(new Error('the caller hung up'));
  };
  if (response.destroyed) onClose();
  else response.once('close', onClose);
  // The response to a pipelined request gets its socket after those before it. Until Node 24, it learns of no end before that.
  if (response.socket === null) whenClosed(request.socket, response, onClose);
  return context;
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
