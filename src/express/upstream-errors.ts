import type { IncomingMessage } from 'node:http';
import { checkCalled } from '../checks/called';
import { checkFunction } from '../checks/wrong-option';
import { checkNames, checkOptions } from '../checks/names';
import type { RequestException } from '../errors/exceptions';
import { isRequestException } from '../errors/guards';
import { isAbandoned, inboundRequestId } from '../server/enter-context';
import { sendProblem } from '../server/problem-response';
import { isPassedThrough, upstreamResponse, upstreamSettings, type UpstreamOptions } from '../server/upstream-response';
import type { ErrorMiddleware } from './handlers';
import { ownOptions } from '../util/own-options';
import { harmless } from '../util/harmless';

/** Options of {@link upstreamErrors}. */
export interface UpstreamErrorsOptions extends UpstreamOptions {
  /**
   * Called for each failure that this handler responds to, or that occurs after a complete response. Not called for
   * statuses that are passed through, nor after the caller has disconnected. `requestId` is the id in the context, if
   * there is one. What it throws, or rejects with, goes to `console.error`.
   *
   * @default console.error, as in Express's own handler
   */
  readonly log?:
    ((error: RequestException, request: IncomingMessage, requestId: string | undefined) => void) | undefined;
}

type Failure = Parameters<NonNullable<UpstreamErrorsOptions['log']>>;

/** It may be asynchronous, despite its type. */
type Log = (...failure: Failure) => unknown;

const NAMES = new Set(['passThrough', 'log']);

/**
 * Responds with a problem document if a call that the service depends on failed: with 502, 503 or 504, or with 500 if
 * the failure is this service's own fault. Passes every other error to the next error handler. Mount it last.
 *
 * @throws TypeError if an option is wrong
 * @see RFC 9110, sections 15.6.3 to 15.6.5; RFC 9457
 */
export function upstreamErrors(given: UpstreamErrorsOptions = {}): ErrorMiddleware {
  checkCalled(given, 'app.use(upstreamErrors())');
  const options = ownOptions(given);
  checkOptions(options);
  checkNames('option of upstreamErrors', options, NAMES, false);
  const { log = logToConsole }: { readonly log?: Log | undefined } = options;
  checkFunction('log', log);
  const settings = upstreamSettings(options);
  // Thrown to Express, it would close the connection, on which a response may be in progress.
  const report = harmless((failure: Failure) => log(...failure), print);
  return (error, request, response, next) => {
    if (!isRequestException(error)) {
      next(error);
      return;
    }
    // There is no caller left to respond to, and a caller that disconnects is not an error.
    if (isAbandoned(response)) return;
    const requestId = inboundRequestId(response);
    if (response.writableEnded) {
      // Passed on, it would make Express close the connection, on which the next request may be in progress.
      report([error, request, requestId]);
      return;
    }
    if (response.headersSent || response.destroyed) {
      next(error);
      return;
    }
    sendProblem(response, upstreamResponse(error, settings, requestId));
    if (!isPassedThrough(error, settings)) report([error, request, requestId]);
  };
}

function logToConsole(error: RequestException, _request: IncomingMessage, requestId: string | undefined): void {
  if (requestId === undefined) globalThis.console.error(error);
  else globalThis.console.error('Request %s:', requestId, error);
}

function print(thrown: unknown): void {
  globalThis.console.error(thrown);
}
