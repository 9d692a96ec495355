import { createHash } from 'node:crypto';
import http, { type Agent, type ClientRequest } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Origin } from './no-proxy';
import { mayUseProxy, proxyFor, type Proxy, type ProxyRule } from './proxy';
import {
  agentOptions,
  authorityOf,
  connect,
  openTunnel,
  type Connected,
  type Connecting,
  type Route,
  type RoutedOptions,
} from './proxy-connection';
import type { Connection, WireRequest } from '../transport';
import { addressOf, portOf } from '../../util/host';
import { toError } from '../../util/is-error';

/** The caller's agents: their options apply to connections through a proxy. */
export type CallerAgents = Pick<Connection, 'httpAgent' | 'httpsAgent'>;

/** Agents that connect through proxies, by the protocol of the server. */
type ProxyAgents = Readonly<Record<'http:' | 'https:', Agent>>;

/** Agents for requests that `throughProxy` has prepared. They keep connections alive. */
export function proxyAgents(): ProxyAgents {
  return { 'http:': new ForwardAgent(true), 'https:': new TunnelAgent(true) };
}

/** Agents for the requests of one call, which decide on the proxy of each. */
export function agentsOfCall(rule: ProxyRule, caller: CallerAgents, connecting: Connecting): ProxyAgents {
  const router: Router = (target) => routeTo(target, rule, caller, connecting);
  return {
    'http:': new ForwardAgent(false, router, caller.httpAgent),
    'https:': new TunnelAgent(false, router, caller.httpsAgent),
  };
}

/**
 * Finds the route of a request through its proxy, if it has one; it needs one of `proxyAgents`.
 *
 * @returns what ends the attempt to connect
 * @throws Error with code ERR_INVALID_PROXY
 */
export function throughProxy(
  options: RoutedOptions,
  { connection, watch }: Pick<WireRequest, 'connection' | 'watch'>,
  trustEnv: boolean,
): AbortController | undefined {
  const rule = { proxy: connection.proxy, trustEnv };
  if (!mayUseProxy(rule)) return undefined;
  const connecting = new AbortController();
  const protocol = options.protocol === 'https:' ? 'https:' : 'http:';
  const target = { protocol, hostname: String(options.hostname), port: String(options.port) };
  options.route = routeTo(target, rule, connection, { signal: connecting.signal, watch });
  if (!options.route) options.headers = withoutProxyHeader(options.headers as Record<string, string>);
  return connecting;
}

function routeTo(target: Origin, rule: ProxyRule, caller: CallerAgents, connecting: Connecting): Route | undefined {
  const proxy = proxyFor(target, rule);
  if (!proxy) return undefined;
  const usesTLS = target.protocol === 'https:' || proxy.url.protocol === 'https:';
  return { proxy, agent: usesTLS ? caller.httpsAgent : caller.httpAgent, ...connecting };
}

/** The header is for a proxy; the server must not see it. */
function withoutProxyHeader(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'proxy-authorization'));
}

/** Decides on the route of a request; `undefined` if it goes to the server directly. */
type Router = (target: Origin) => Route | undefined;
type Done = (error: Error | null, socket: Duplex) => void;

/** Takes in a request, which then waits for a socket. Node's own support for proxies extends it too; the types omit it. */
type AddRequest = (this: Agent, request: ClientRequest, options: RoutedOptions) => void;
const { addRequest } = http.Agent.prototype as unknown as { readonly addRequest: AddRequest };

/** For http: the proxy gets the request, with the whole URL. @see RFC 9112, section 3.2.2 */
class ForwardAgent extends http.Agent {
  constructor(
    keepAlive: boolean,
    private readonly router?: Router,
    private readonly direct?: Agent,
  ) {
    super({ keepAlive });
  }

  addRequest(request: ClientRequest, options: RoutedOptions): void {
    const route = routeOf('http:', options, this.router);
    if (!route) {
      addDirect(this, this.direct, request, options);
      return;
    }
    const { url, authorization } = route.proxy;
    request.path = `http://${authorityOf(options, '80')}${request.path}`;
    if (authorization !== undefined) request.setHeader('Proxy-Authorization', authorization);
    const host = addressOf(url);
    addRequest.call(this, request, { ...options, host, hostname: host, port: portOf(url), route });
  }

  override getName(options?: RoutedOptions): string {
    return super.getName(options) + nameOf(options?.route);
  }

  override createConnection(options: RoutedOptions, done?: Done): Duplex | null | undefined {
    if (!options.route) return super.createConnection(options, done);
    connect(options.route, options, done as Connected);
    return undefined;
  }
}

/** For https: the proxy passes bytes on, and TLS is with the server. @see RFC 9110, section 9.3.6 */
class TunnelAgent extends https.Agent {
  constructor(
    keepAlive: boolean,
    private readonly router?: Router,
    private readonly direct?: Agent,
  ) {
    super({ keepAlive });
  }

  addRequest(request: ClientRequest, options: RoutedOptions): void {
    const route = routeOf('https:', options, this.router);
    if (!route) {
      addDirect(this, this.direct, request, options);
      return;
    }
    // The caller's own header is for the proxy too, which sees no other header of the request.
    const given = request.getHeader('Proxy-Authorization') as string | undefined;
    request.removeHeader('Proxy-Authorization');
    const proxy: Proxy = { ...route.proxy, authorization: route.proxy.authorization ?? given };
    addRequest.call(this, request, { ...options, route: { ...route, proxy } });
  }

  override getName(options?: RoutedOptions): string {
    return super.getName(options) + nameOf(options?.route);
  }

  override createConnection(options: RoutedOptions, done?: Done): Duplex | null | undefined {
    const { route } = options;
    if (!route) return super.createConnection(options, done);
    const secure = (socket: Socket): Socket =>
      super.createConnection({ ...agentOptions(route.agent), ...options, socket } as RoutedOptions) as Socket;
    openTunnel(route, options, (error, tunnel) => {
      if (tunnel) finishTunnel(tunnel, secure, done as Connected);
      else (done as Connected)(error);
    });
    return undefined;
  }
}

/** Node throws for a certificate or key that cannot be used; out of this event of the tunnel, nobody could catch it. */
function finishTunnel(tunnel: Socket, secure: (tunnel: Socket) => Socket, done: Connected): void {
  let socket;
  try {
    socket = secure(tunnel);
  } catch (thrown) {
    tunnel.destroy();
    done(toError(thrown));
    return;
  }
  done(null, socket);
}

function routeOf(protocol: string, options: RoutedOptions, router: Router | undefined): Route | undefined {
  if (options.socketPath) return undefined;
  return options.route ?? router?.({ protocol, hostname: String(options.host), port: String(options.port) });
}

function addDirect(agent: Agent, direct: Agent | undefined, request: ClientRequest, options: RoutedOptions): void {
  request.removeHeader('Proxy-Authorization');
  if (direct) (direct as Agent & { readonly addRequest: AddRequest }).addRequest(request, options);
  else addRequest.call(agent, request, options);
}

const agentIds = new WeakMap<Agent, number>();
let lastId = 0;

/** Tells connections apart that must not be shared: by proxy, its user, and the agent whose TLS options were used. */
function nameOf(route: Route | undefined): string {
  if (!route) return '';
  const { proxy, agent } = route;
  const id = agent && (agentIds.get(agent) ?? ++lastId);
  if (agent && id !== undefined) agentIds.set(agent, id);
  // Not in plain text: the names of connections may be printed.
  const user = proxy.authorization && createHash('sha256').update(proxy.authorization).digest('base64');
  return `:${proxy.url.origin}:${user ?? ''}:${id ?? ''}`;
}
