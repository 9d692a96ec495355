import { AsyncResource } from 'node:async_hooks';
import type { Transport } from '../transports/transport';

/**
 * Tells of an exchange in the asynchronous context in which this is called. A connection that is used again tells of it in the
 * context of the request for which it was opened: whoever reads a stream would make calls with the identity of a stranger.
 */
export function inContext(transport: Transport): Pick<Transport, 'dispatch'> {
  const run = AsyncResource.bind((tell: () => void) => {
    tell();
  });
  return {
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
