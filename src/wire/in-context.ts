import { AsyncResource } from 'node:async_hooks';
import type { Exchange, Transport, WireEvents, WireFailure, WireHead } from '../transports/transport';

type Sending = Pick<Transport, 'name' | 'dispatch'>;

/**
 * Reports events of an exchange in the async context of the caller. A reused connection emits them in the context of the
 * request that opened it: code that reads a stream there would make calls with another user's identity.
 */
export function inContext(transport: Sending): Sending {
  const context = new AsyncResource('HTTPEvents');
  return {
    name: transport.name,
    dispatch: (request, events) => transport.dispatch(request, new BoundEvents(context, events)),
  };
}

/** Beside it, `AsyncResource.bind` is slow: on Node 20 it defines a deprecated property on each function. */
class BoundEvents implements WireEvents {
  constructor(
    private readonly context: AsyncResource,
    private readonly events: WireEvents,
  ) {}

  head(head: WireHead, exchange: Exchange): void {
    this.context.runInAsyncScope(reportHead, undefined, this.events, head, exchange);
  }

  data(chunk: Buffer): void {
    this.context.runInAsyncScope(reportData, undefined, this.events, chunk);
  }

  end(): void {
    this.context.runInAsyncScope(reportEnd, undefined, this.events);
  }

  error(failure: WireFailure): void {
    this.context.runInAsyncScope(reportError, undefined, this.events, failure);
  }
}

function reportHead(events: WireEvents, head: WireHead, exchange: Exchange): void {
  events.head(head, exchange);
}

function reportData(events: WireEvents, chunk: Buffer): void {
  events.data(chunk);
}

function reportEnd(events: WireEvents): void {
  events.end();
}

function reportError(events: WireEvents, failure: WireFailure): void {
  events.error(failure);
}
