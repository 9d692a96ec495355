import type { IncomingMessage } from 'node:http';
import { inspect } from 'node:util';
import { checkNames, checkOptions } from '../checks/names';
import type { RequestException } from '../errors/exceptions';
import { isRequestException } from '../errors/guards';
import { isAbandoned, requestIdOf } from '../server/enter-context';
import { sendProblem } from '../server/problem-response';
import { isPassedThrough, upstreamAnswer, upstreamSettings, type UpstreamOptions } from '../server/upstream-response';
import type { ErrorMiddleware } from './handlers';

export interface UpstreamErrorsOptions extends UpstreamOptions {
  /**
   * Told of each failure that is answered here, or came when the answer was complete. Not of what is passed through, nor of
   * what failed when the caller had gone. The id is that of the context, if there is one.
   *
   * @default console.error, as Express's own handler
   */
  readonly log?:
    ((error: RequestException, request: IncomingMessage, requestId: string | undefined) => void) | undefined;
}

const NAMES = new Set(['passThrough', 'log']);

/**
 * Answers with a problem document where a call that the service depends on failed: 502, 503 or 504, or 500 if the request was
 * this service's own mistake. Every other error is left to the handlers after it. Belongs last.
 *
 * @throws TypeError if an option is wrong
 * @see RFC 9110, sections 15.6.3 to 15.6.5; RFC 9457
 */
export function upstreamErrors(options: UpstreamErrorsOptions = {}): ErrorMiddleware {
  checkOptions(options);
  checkNames('option of upstreamErrors', options, NAMES, false);
  const { log = print } = options;
  if (typeof log !== 'function') throw new TypeError(`Option \`log\` must be a function, got ${inspect(log)}`);
  const settings = upstreamSettings(options);
  return (error, request, response, next) => {
    if (!isRequestException(error)) {
      next(error);
      return;
    }
    // Nobody is left to be told, and that a caller hung up is no fault.
    if (isAbandoned(response)) return;
    const requestId = requestIdOf(response);
    if (response.writableEnded) {
      // Express would close the connection, on which the next request may be under way.
      log(error, request, requestId);
      return;
    }
    if (response.headersSent) {
      next(error);
      return;
    }
    sendProblem(response, upstreamAnswer(error, settings, requestId));
    if (isPassedThrough(error, settings)) return;
    try {
      log(error, request, requestId);
    } catch (thrown) {
      // Express would close the connection, on which the answer may be under way.
      globalThis.console.error(thrown);
    }
  };
}

function print(error: RequestException, _request: IncomingMessage, requestId: string | undefined): void {
  if (requestId === undefined) globalThis.console.error(error);
  else globalThis.console.error('Request %s:', requestId, error);
}
