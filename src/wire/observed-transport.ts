import { AsyncResource } from 'node:async_hooks';
import type { InternalAxiosRequestConfig } from 'axios';
import type { AttemptState } from '../call/attempt-state';
import { attemptOf } from '../call/call-of';
import type { Facts } from '../errors/create';
import type { RequestException } from '../errors/exceptions';
import { isRequestException } from '../errors/guards';
import { requestDone, requestEnd, requestHeaders, requestStart } from '../events/channels';
import { RequestEvents } from '../events/request-events';
import type { Phase } from '../journal/attempt';
import type { Exchange, Transport, WireEvents, WireFailure, WireHead, WireRequest } from '../transports/transport';
import { toError } from '../util/is-error';
import { wireException } from './wire-exception';

/** Whether anybody wants to know of single requests. */
export function areRequestsObserved(): boolean {
  if (requestStart.hasSubscribers || requestDone.hasSubscribers) return true;
  return requestEnd.hasSubscribers || requestHeaders.hasSubscribers;
}

/** What another adapter than the client's publishes of an attempt. It may call the client's, for example to sign the request. */
const ofAdapters = new WeakMap<AttemptState, RequestEvents>();

/** The events of an attempt that another adapter than the client's sends; `undefined` if it is not part of a call. */
export function adapterEventsOf(config: InternalAxiosRequestConfig): RequestEvents | undefined {
  const attempt = attemptOf(config);
  if (!attempt?.line) return undefined;
  const events = new RequestEvents(attempt.call.observed, attempt.line, attempt, 'adapter');
  // The client's adapter goes on with them when it is called first. Otherwise there would be two requests for one.
  ofAdapters.set(attempt, events);
  return events;
}

/** A transport that publishes its requests. Used only while somebody observes them. */
export function observedTransport(
  transport: Pick<Transport, 'name' | 'dispatch'>,
  config: InternalAxiosRequestConfig,
): Pick<Transport, 'name' | 'dispatch'> {
  const attempt = attemptOf(config);
  if (!attempt?.line) return transport;
  const { call, line } = attempt;
  const published = ofAdapters.get(attempt) ?? new RequestEvents(call.observed, line, attempt, transport.name);
  // Another adapter may send two at once, which must not end each other.
  ofAdapters.delete(attempt);
  return {
    name: transport.name,
    dispatch: (request, events) => new ObservedExchange(request, events, published).start(transport, config),
  };
}

class ObservedExchange implements Exchange, WireEvents {
  #inner: Exchange | undefined;
  /** The async context of the call, in which messages come: a reused connection has that of another one. */
  readonly #context: AsyncResource;

  constructor(
    private readonly sent: WireRequest,
    private readonly events: WireEvents,
    private readonly published: RequestEvents,
  ) {
    this.#context = events instanceof AsyncResource ? events : new AsyncResource('HTTPEvents');
  }

  start(transport: Pick<Transport, 'dispatch'>, config: InternalAxiosRequestConfig): this {
    const { sent, published } = this;
    try {
      if (published.isUnderWay) {
        this.#inner = transport.dispatch({ ...sent, watch: published.watch }, this);
        return this;
      }
      const { method, url, body, connection, newConnection } = sent;
      // A redirect takes over the headers of the request before it, but not those that subscribers set.
      // On Node 20, adding a header to a copy made by `...` takes ten times as long.
      const headers = Object.assign({}, sent.headers);
      const watch = published.begin({ method, url, headers });
      const request = { method, url, headers, body, connection, newConnection, watch };
      this.#inner = published.send(() => transport.dispatch(request, this));
      return this;
    } catch (thrown) {
      const failure = { error: toError(thrown), phase: 'connect', stale: false, byBody: false } as const;
      const facts: Facts = { call: config.call, config };
      published.end(wireException(failure, facts));
      throw thrown;
    }
  }

  get phase(): Phase {
    return this.#inner?.phase ?? 'connect';
  }

  get request(): unknown {
    return this.#inner?.request;
  }

  pause(): void {
    this.#inner?.pause();
  }

  resume(): void {
    this.#inner?.resume();
  }

  destroy(reason?: Error): void {
    this.#inner?.destroy(reason);
    this.#end(isRequestException(reason) ? reason : undefined);
  }

  timedOut(): void {
    this.#inner?.timedOut?.();
  }

  head(head: WireHead, exchange: Exchange): void {
    this.#inner = exchange;
    if (requestHeaders.hasSubscribers) this.#context.runInAsyncScope(publishHead, undefined, this.published, head);
    else publishHead(this.published, head);
    this.events.head(head, this);
  }

  data(chunk: Buffer): void {
    this.events.data(chunk);
  }

  end(): void {
    // First those that may still find fault with the body.
    this.events.end();
    this.#end();
  }

  error(failure: WireFailure): void {
    this.events.error(failure);
    // A redirect is followed even if its body breaks off.
    this.#end();
  }

  #end(error?: RequestException): void {
    if (this.published.isUnderWay) this.#context.runInAsyncScope(publishEnd, undefined, this.published, error);
  }
}

function publishHead(published: RequestEvents, head: WireHead): void {
  published.headers(head);
}

function publishEnd(published: RequestEvents, error?: RequestException): void {
  published.end(error);
}
