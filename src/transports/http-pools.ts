import http, { type Agent } from 'node:http';
import https from 'node:https';
import { showConnections, type OpenConnections } from '../events/open-connections';
import type { ConnectionLimits } from './connections';
import { closeIdle, IdleSockets } from './idle-sockets';
import { connectionsOfAgents } from './list-connections';
import { rememberNames } from './pool-names';
import { proxyAgents } from './proxy/proxy-agents';
import type { RoutedOptions } from './proxy/proxy-connection';

/** An agent and, unless it is the caller's, its idle sockets. */
interface Pool {
  readonly agent: Agent;
  readonly idle?: IdleSockets;
}

/** How a request is sent. */
export interface Way {
  readonly options: RoutedOptions;
  readonly pool: Pool;
  /** Ends the attempt to connect to a proxy. */
  readonly connecting: AbortController | undefined;
}

/** Pools by the protocol of the server. */
type Pools = Readonly<Record<'http:' | 'https:', Pool>>;

/** The agents of one transport. */
interface HTTPPools {
  readonly own: Pools;
  /** For requests that need a new connection, which is closed after them. */
  readonly single: Pools;
  /** For requests through a proxy. */
  readonly proxied: Pools;
  /** Closes idle sockets, and later those in use. */
  readonly close: () => void;
}

/** Closes the idle connections that a request to `url` could have used. */
export function closeIdleOf({ options, pool }: Way, url: URL): void {
  // Connections for plain http lead to the proxy.
  closeIdle(pool.agent, options.protocol === 'http:' && options.route ? options.route.proxy.url : url);
}

/** Node would work out the server name for each request, also where there is no TLS. */
const WITHOUT_TLS = { servername: '' };

export function httpPools(limits: ConnectionLimits): HTTPPools {
  const poolsOf = (agents: Readonly<Record<'http:' | 'https:', Agent>>): Pools => ({
    'http:': { agent: agents['http:'], idle: new IdleSockets(agents['http:'], limits) },
    'https:': { agent: agents['https:'], idle: new IdleSockets(agents['https:'], limits) },
  });
  const own = poolsOf({
    'http:': rememberNames(new http.Agent({ keepAlive: true, ...WITHOUT_TLS })),
    'https:': rememberNames(new https.Agent({ keepAlive: true })),
  });
  const single = { 'http:': { agent: new http.Agent() }, 'https:': { agent: new https.Agent() } };
  // Not in their options, which Node copies for each request.
  for (const { agent } of [own, single].flatMap((one) => Object.values<Pool>(one))) agent.maxSockets = limits.perOrigin;
  const proxied = poolsOf(proxyAgents());
  const pools: HTTPPools = {
    own,
    single,
    proxied,
    close() {
      // Keeps `pools` alive as long as its transport.
      for (const one of [pools.own, pools.proxied]) for (const { idle } of Object.values<Pool>(one)) idle?.close();
    },
  };
  showConnections(pools, listConnections);
  return pools;
}

function listConnections({ own, single, proxied }: HTTPPools): Iterable<OpenConnections> {
  const pools = [own, single, proxied].flatMap((one) => Object.values<Pool>(one));
  return connectionsOfAgents(pools.map(({ agent }) => agent));
}
