import type { ClientIdentity } from '../events/client-identity';
import { callStart } from '../events/channels';
import { publishCallStart } from '../events/publish';
import type { CallPlugin } from './plugin';

/**
 * Publishes that a call has begun.
 *
 * @param client that makes it: a call of `client.axios` does not tell
 */
export function events(client: ClientIdentity): CallPlugin {
  return {
    name: 'events',
    request(_, call) {
      call.client ??= client;
      if (callStart.hasSubscribers) publishCallStart(call.observed);
      return undefined;
    },
  };
}
