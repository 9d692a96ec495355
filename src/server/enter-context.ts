import type { IncomingMessage, ServerResponse } from 'node:http';
import { checkNames, checkOptions } from '../checks/names';
import { checkContextOptions, fromHeaders, type ContextOptions } from '../context/from-headers';
import type { RequestContext } from '../context/inbound-context';
import { currentContext, runInContext } from '../context/run-in-context';

/** How the context of an inbound request is created from its headers. */
export type InboundContextOptions = Omit<ContextOptions, 'signal' | 'receivedAt'>;

const NAMES = new Set(['forward', 'timeoutHeader']);

/** By response, so that a request has one context even if the middleware is mounted several times. */
const contexts = new WeakMap<ServerResponse, RequestContext>();

/** @throws TypeError if an option is wrong */
export function checkInboundContextOptions(options: InboundContextOptions): void {
  checkOptions(options);
  checkNames('option of the request context', options, NAMES, false);
  checkContextOptions(options);
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
  { forward, timeoutHeader }: InboundContextOptions,
): RequestContext {
  const disconnection = new AbortController();
  const context = fromHeaders(request.headers, { forward, timeoutHeader, signal: disconnection.signal });
  contexts.set(response, context);
  if (!response.headersSent) response.setHeader('X-Request-Id', context.requestId);
  const onClose = (): void => {
    // What a handler does after a complete response is not for this caller, so it goes on.
    if (!response.writableEnded) disconnection.abort(new Error('the caller hung up'));
  };
  if (response.destroyed) onClose();
  else response.once('close', onClose);
  return context;
}
