import { subscribe, unsubscribe, type Channel } from 'node:diagnostics_channel';
import { warnOfFirst } from './warn-of-first';

/**
 * Subscribes to a channel. What the handler throws, which would end the process, leads to one warning.
 *
 * @returns a function that ends it
 */
export function listen(channel: Channel, handle: (message: never) => void): () => void {
  const warn = warnOfFirst(`the subscriber of ${String(channel.name)}`);
  const onMessage = (message: unknown): void => {
    try {
      handle(message as never);
    } catch (thrown) {
      warn(thrown);
    }
  };
  subscribe(channel.name, onMessage);
  return () => unsubscribe(channel.name, onMessage);
}
