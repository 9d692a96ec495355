import type { IncomingMessage, ServerResponse } from 'node:http';
import { checkNames, checkOptions } from '../checks/names';
import { checkContextOptions, fromHeaders, type ContextOptions } from '../context/from-headers';
import type { RequestContext } from '../context/inbound-context';
import { currentContext, runInContext } from '../context/run-in-context';

/** How the context of an inbound request is made of its headers. */
export type InboundContextOptions = Omit<ContextOptions, 'signal' | 'receivedAt'>;

const NAMES = new Set(['forward', 'timeoutHeader']);

/** By response: there is one context for a request, however often the middleware is mounted. */
const contexts = new WeakMap<ServerResponse, RequestContext>();

/** @throws TypeError if an option is wrong */
export function checkInboundContextOptions(options: InboundContextOptions): void {
  checkOptions(options);
  checkNames('option of the request context', options, NAMES, false);
  checkContextOptions(options);
}

/**
 * Runs `next` in the context of an inbound request, whose id goes back with the answer. The signal of the context fires when
 * the caller hangs up; its deadline is counted from now.
 *
 * @param request of `node:http`, as all of this: a framework's own may wrap it (Fastify's `request.raw`, `reply.raw`)
 * @param options checked before, by `checkInboundContextOptions`
 */
export function enterContext<T>(
  request: IncomingMessage,
  response: ServerResponse,
  options: InboundContextOptions,
  next: () => T,
): T {
  return runInContext(contexts.get(response) ?? makeContext(request, response, options), next);
}

/** The id of the request that `response` answers; `undefined` where it has no context. */
export function requestIdOf(response: ServerResponse): string | undefined {
  // The current context may have been lost on the way, where a library calls back from somewhere else.
  return (contexts.get(response) ?? currentContext())?.requestId;
}

/** Whether the caller went before it had its answer. Node destroys a response that is complete, too. */
export function isAbandoned(response: ServerResponse): boolean {
  // Over HTTP/2 a response does not say that it is destroyed.
  const isGone = response.destroyed || contexts.get(response)?.signal?.aborted === true;
  return isGone && !response.writableEnded;
}

function makeContext(
  request: IncomingMessage,
  response: ServerResponse,
  { forward, timeoutHeader }: InboundContextOptions,
): RequestContext {
  const gone = new AbortController();
  const context = fromHeaders(request.headers, { forward, timeoutHeader, signal: gone.signal });
  contexts.set(response, context);
  if (!response.headersSent) response.setHeader('X-Request-Id', context.requestId);
  const onClose = (): void => {
    // Once the answer is complete, what the handler still does is not for this caller.
    if (!response.writableEnded) gone.abort(new Error('the caller hung up'));
  };
  if (response.destroyed) onClose();
  else response.once('close', onClose);
  return context;
}
