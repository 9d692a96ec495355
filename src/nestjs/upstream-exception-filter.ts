import { throwError, type Observable } from 'rxjs';
import { Catch, Inject, Injectable, Logger, Optional, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { checkNames, checkOptions } from '../checks/names';
import { RequestException } from '../errors/exceptions';
import { isRequestException } from '../errors/guards';
import { currentContext } from '../context/run-in-context';
import { isAbandoned, inboundRequestId } from '../server/enter-context';
import { UpstreamGraphQLError, upstreamMessage, type UpstreamMessage } from '../server/upstream-message';
import {
  isPassedThrough,
  upstreamResponse,
  upstreamSettings,
  type UpstreamOptions,
  type UpstreamSettings,
} from '../server/upstream-response';
import { rawOf, sendPlatformProblem, type PlatformResponse } from './platform';
import { blameCaller } from '../stack/blame-caller';
import { logFailure } from './failure-log';

/** The injection token for the options of an UpstreamExceptionFilter that Nest creates. */
export const UPSTREAM_OPTIONS = 'HTTP_CLIENT_UPSTREAM_OPTIONS';

const NAMES = new Set(['passThrough']);

/** A socket of Socket.IO, or of `ws`, whose `emit` reaches nobody but the listeners in this process. */
interface WsClient {
  readonly readyState?: number;
  emit?(event: string, payload: object): unknown;
  send?(text: string): unknown;
}

/** `readyState` of a socket of `ws` that can send. */
const OPEN = 1;

/** Sends an event as Nest's adapters send the responses of gateways. */
function tell(client: WsClient, payload: object): void {
  const { readyState } = client;
  if (readyState === undefined) client.emit?.('exception', payload);
  else if (readyState === OPEN) client.send?.(JSON.stringify({ event: 'exception', data: payload }));
}

/** For `@Catch`, which uses `instanceof`: that fails if two copies of this package are installed. */
class AnyRequestException extends RequestException {
  static override [Symbol.hasInstance](error: unknown): boolean {
    return isRequestException(error);
  }
}

/**
 * Responds with a problem document if a call to another service failed: with 504 if that took too long, with 503 if it
 * is not available, with 500 if the failure is this service's own fault, otherwise with 502. GraphQL resolvers, message
 * handlers and gateways respond with an error that contains this document. Logs the failure.
 *
 * @see RFC 9457
 */
@Catch(AnyRequestException)
@Injectable()
export class UpstreamExceptionFilter implements ExceptionFilter<RequestException> {
  readonly #logger = new Logger(UpstreamExceptionFilter.name);
  readonly #settings: UpstreamSettings;

  /** Nest passes the provider `UPSTREAM_OPTIONS`. @throws TypeError if an option is wrong */
  constructor(@Optional() @Inject(UPSTREAM_OPTIONS) options: UpstreamOptions = {}) {
    this.#settings = blameCaller([UpstreamExceptionFilter, new.target], () => {
      checkOptions(options);
      checkNames('option of UpstreamExceptionFilter', options, NAMES, false);
      return upstreamSettings(options);
    });
  }

  /** Called by Nest. @throws UpstreamGraphQLError in a GraphQL resolver, which Nest passes on to the GraphQL server */
  catch(exception: RequestException, host: ArgumentsHost): Observable<never> | undefined {
    const type = host.getType<string>();
    if (type === 'http') {
      this.#respond(exception, host.switchToHttp().getResponse<PlatformResponse>());
      return undefined;
    }
    // Of other contexts it is not known how they respond. If a filter returns nothing, Nest runs its own.
    if (type !== 'graphql' && type !== 'rpc' && type !== 'ws') return undefined;
    const message = this.#messageOf(exception);
    if (type === 'graphql') throw new UpstreamGraphQLError(message, exception);
    // What Nest's own filters respond with, which are skipped if there is another one.
    const payload = { status: 'error', ...message };
    // Returned, because nothing catches what a filter of a message handler throws.
    if (type === 'rpc') return throwError(() => payload);
    tell(host.switchToWs().getClient<WsClient>(), payload);
    return undefined;
  }

  #respond(exception: RequestException, response: PlatformResponse): void {
    const raw = rawOf(response);
    // There is no caller left to respond to, and a caller that disconnects is not an error.
    if (isAbandoned(raw)) return;
    const requestId = inboundRequestId(raw);
    if (raw.headersSent || raw.destroyed) {
      this.#log('error', 'The response had already begun: ', exception, requestId);
      // If it ended normally, half a response would be taken for a whole one.
      if (!raw.writableEnded) raw.destroy();
      return;
    }
    const problem = upstreamResponse(exception, this.#settings, requestId);
    this.#log(this.#levelOf(exception), `Responded with ${problem.status}: `, exception, requestId);
    sendPlatformProblem(response, problem);
  }

  #messageOf(exception: RequestException): UpstreamMessage {
    const requestId = currentContext()?.requestId;
    this.#log(this.#levelOf(exception), '', exception, requestId);
    return upstreamMessage(exception, this.#settings, requestId);
  }

  #levelOf(exception: RequestException): 'debug' | 'error' {
    return isPassedThrough(exception, this.#settings) ? 'debug' : 'error';
  }

  #log(level: 'debug' | 'error', what: string, exception: RequestException, requestId: string | undefined): void {
    const text = `${what}${exception.message}${requestId === undefined ? '' : `, request ${requestId}`}`;
    logFailure(this.#logger, level, text, exception, requestId);
  }
}
