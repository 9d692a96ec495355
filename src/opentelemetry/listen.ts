import { subscribe, unsubscribe, type Channel } from 'node:diagnostics_channel';
import { harmless } from '../util/harmless';
import { warnOfFirst } from './warn-of-first';

/**
 * Subscribes to a channel. What the handler throws, which would end the process, leads to one warning.
 *
 * @returns a function that ends it
 */
export function listen(channel: Channel, handle: (message: never) => void): () => void {
  const onMessage = harmless<unknown>(handle as never, warnOfFirst(`the subscriber of ${String(channel.name)}`));
  subscribe(channel.name, onMessage);
  return () => unsubscribe(channel.name, onMessage);
}
