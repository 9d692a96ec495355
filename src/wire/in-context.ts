import { AsyncResource } from 'node:async_hooks';
import type { Transport } from '../transports/transport';

type Sending = Pick<Transport, 'name' | 'dispatch'>;

/**
 * Reports events of an exchange in the async context of the caller. A reused connection emits them in the context of the
 * request that opened it: code that reads a stream there would make calls with another user's identity.
 */
export function inContext(transport: Sending): Sending {
  const run = AsyncResource.bind((report: () => void) => {
    report();
  });
  return {
    name: transport.name,
    dispatch: (request, events) =>
      transport.dispatch(request, {
        head(head, exchange) {
          run(() => {
            events.head(head, exchange);
          });
        },
        data(chunk) {
          run(() => {
            events.data(chunk);
          });
        },
        end() {
          run(() => {
            events.end();
          });
        },
        error(failure) {
          run(() => {
            events.error(failure);
          });
        },
      }),
  };
}
