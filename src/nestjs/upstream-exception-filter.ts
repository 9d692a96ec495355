import { inspect } from 'node:util';
import { Catch, Inject, Injectable, Logger, Optional, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { checkNames, checkOptions } from '../checks/names';
import { RequestException } from '../errors/exceptions';
import { isRequestException } from '../errors/guards';
import { isAbandoned, requestIdOf } from '../server/enter-context';
import {
  isPassedThrough,
  upstreamAnswer,
  upstreamSettings,
  type UpstreamOptions,
  type UpstreamSettings,
} from '../server/upstream-response';
import { rawOf, sendAnswer, type PlatformResponse } from './platform';

/** Provides the options of an UpstreamExceptionFilter that Nest makes. */
export const UPSTREAM_OPTIONS = 'HTTP_CLIENT_UPSTREAM_OPTIONS';

const NAMES = new Set(['passThrough']);

/** @Catch goes by `instanceof`, which fails where two copies of this package are installed. */
class AnyRequestException extends RequestException {
  static override [Symbol.hasInstance](error: unknown): boolean {
    return isRequestException(error);
  }
}

/**
 * Answers with a problem document where a call to another service failed: 504 where that took too long, 503 where it is not
 * available, else 502. What went wrong goes to the log. Outside HTTP, as in a message handler, Nest deals with it as with any
 * other error.
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
    if (type === 'ws') this.#tellGateway(exception, host);
    // Where a filter returns nothing, Nest goes on with its own. What a filter throws in a message handler, nobody catches.
    if (type !== 'http') return;
    const response = host.switchToHttp().getResponse<PlatformResponse>();
    const raw = rawOf(response);
    // Nobody is left to be told, and that a caller hung up is no fault.
    if (isAbandoned(raw)) return;
    const requestId = requestIdOf(raw);
    const message = requestId === undefined ? exception.message : `${exception.message}, request ${requestId}`;
    if (raw.headersSent) {
      this.#logger.error(`The answer had begun: ${message}`, inspect(exception));
      // Half an answer that ended as usual would pass for a whole one.
      if (!raw.writableEnded) raw.destroy();
      return;
    }
    const answer = upstreamAnswer(exception, this.#settings, requestId);
    this.#log(exception, `Answered ${answer.status}: ${message}`);
    sendAnswer(response, answer);
  }

  /** As Nest's own filter for gateways, which is not asked where there is another. */
  #tellGateway(exception: RequestException, host: ArgumentsHost): void {
    this.#logger.error(exception.message, inspect(exception));
    const client = host.switchToWs().getClient<{ emit?(event: string, payload: object): unknown }>();
    client.emit?.('exception', { status: 'error', message: 'Internal server error' });
  }

  #log(exception: RequestException, message: string): void {
    if (isPassedThrough(exception, this.#settings)) this.#logger.debug(message);
    // With its journal, where Nest prints a stack.
    else this.#logger.error(message, inspect(exception));
  }
}
