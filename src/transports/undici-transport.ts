import type { ConnectionLimits } from './connections';
import { keepOneTraceparent, requestCreated } from './one-traceparent';
import type { Transport } from './transport';
import { ownConnections, type Connections } from './undici-connections';
import { LinkedClient, UndiciExchange } from './undici-exchange';

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
      const connections = given ?? (own ??= ownConnections({ ...limits, allowH2, LinkedClient }));
      return new UndiciExchange(request, events, connections);
    },
    withLimits: (others) => undiciTransport(given, allowH2, others),
    close() {
      own?.close?.(() => (own = undefined));
    },
  };
}
