import type { ConnectionLimits } from './connections';
import { keepOneTraceparent, requestCreated } from './one-traceparent';
import type { Transport } from './transport';
import { ownConnections } from './undici-connections';
import { UndiciExchange } from './undici-exchange';
import type { Connections } from './undici-link';

/**
 * @param given the connections of the caller's dispatcher
 * @param limits for connections of the transport's own Agent
 */
export function undiciTransport(given: Connections | undefined, allowH2: boolean, limits: ConnectionLimits): Transport {
  let own: Connections | undefined;
  return {
    name: 'undici',
    freesLate: true,
    uncovered: ['httpAgent', 'httpsAgent', 'lookup', 'family', 'insecureHTTPParser', 'maxHeaderSize'],
    dispatch(request, events) {
      if (requestCreated.hasSubscribers) keepOneTraceparent();
      const connections = given ?? (own ??= ownConnections({ ...limits, allowH2 }));
      return new UndiciExchange(request, events, connections);
    },
    withLimits: (others) => undiciTransport(given, allowH2, others),
    close() {
      own?.close?.(() => (own = undefined));
    },
  };
}
