import { inspect } from 'node:util';
import { Catch, Inject, Injectable, Logger, Optional, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { checkNames, checkOptions } from '../checks/names';
import { RequestException } from '../errors/exceptions';
import { isRequestException } from '../errors/guards';
import { isAbandoned, requestIdOf } from '../server/enter-context';
import {
  isPassedThrough,
  upstreamResponse,
  upstreamSettings,
  type UpstreamOptions,
  type UpstreamSettings,
} from '../server/upstream-response';
import { rawOf, sendPlatformProblem, type PlatformResponse } from './platform';

/** The injection token for the options of an UpstreamExceptionFilter that Nest creates. */
export const UPSTREAM_OPTIONS = 'HTTP_CLIENT_UPSTREAM_OPTIONS';

const NAMES = new Set(['passThrough']);

/** For `@Catch`, which uses `instanceof`: that fails if two copies of this package are installed. */
class AnyRequestException extends RequestException {
  static override [Symbol.hasInstance](error: unknown): boolean {
    return isRequestException(error);
  }
}

/**
 * Responds with a problem document if a call to another service failed: with 504 if that took too long, with 503 if it
 * is not available, with 500 if the failure is this service's own fault, otherwise with 502. Logs the failure. Outside
 * HTTP, as in message handlers, Nest handles it like any other error.
 *
 * @see RFC 9457
 */
@Catch(AnyRequestException)
@Injectable()
export class UpstreamExceptionFilter implements ExceptionFilter<RequestException> {
  readonly #logger = new Logger(UpstreamExceptionFilter.name);
  readonly #settings: UpstreamSettings;

  /** @throws TypeError if an option is wrong */
  constructor(@Optional() @Inject(UPSTREAM_OPTIONS) options: UpstreamOptions = {}) {
    checkOptions(options);
    checkNames('option of UpstreamExceptionFilter', options, NAMES, false);
    this.#settings = upstreamSettings(options);
  }

  catch(exception: RequestException, host: ArgumentsHost): void {
    const type = host.getType();
    if (type === 'ws') this.#emitToGateway(exception, host);
    // If a filter returns nothing, Nest runs its own filter. In a message handler, nothing catches what a filter throws.
    if (type !== 'http') return;
    const response = host.switchToHttp().getResponse<PlatformResponse>();
    const raw = rawOf(response);
    // There is no caller left to respond to, and a caller that disconnects is not an error.
    if (isAbandoned(raw)) return;
    const requestId = requestIdOf(raw);
    const message = requestId === undefined ? exception.message : `${exception.message}, request ${requestId}`;
    if (raw.headersSent) {
      this.#logger.error(`The response had already begun: ${message}`, inspect(exception));
      // If it ended normally, half a response would be taken for a whole one.
      if (!raw.writableEnded) raw.destroy();
      return;
    }
    const problem = upstreamResponse(exception, this.#settings, requestId);
    this.#log(exception, `Responded with ${problem.status}: ${message}`);
    sendPlatformProblem(response, problem);
  }

  /** Does what Nest's own filter for gateways does. Nest skips that one if there is another filter. */
  #emitToGateway(exception: RequestException, host: ArgumentsHost): void {
    this.#logger.error(exception.message, inspect(exception));
    const client = host.switchToWs().getClient<{ emit?(event: string, payload: object): unknown }>();
    client.emit?.('exception', { status: 'error', message: 'Internal server error' });
  }

  #log(exception: RequestException, message: string): void {
    if (isPassedThrough(exception, this.#settings)) this.#logger.debug(message);
    // Nest prints the second argument as the stack; here that includes the journal.
    else this.#logger.error(message, inspect(exception));
  }
}
