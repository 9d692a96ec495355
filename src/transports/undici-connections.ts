import { EventEmitter } from 'node:events';
import { Agent, buildConnector, MockAgent, MockClient, MockPool, Pool, type Client, type Dispatcher } from 'undici';
import { showConnections } from '../events/open-connections';
import { LONGEST_TIMER } from '../util/longest-timer';
import { soon } from '../util/soon';
import type { ConnectionLimits } from './connections';
import { connectionsOfLinks } from './list-connections';
import { LinkedClient } from './undici-exchange';
import { Link, type Connections, type Connector, type LinkRules, type Pools } from './undici-link';
import { LimitedPools } from './undici-pools';

/** The connections of a dispatcher that belongs to the caller. */
class GivenConnections implements Connections {
  isFirst: boolean | undefined;
  readonly dispatcher: Dispatcher;
  readonly mayBeH2: boolean;

  constructor(given: Dispatcher) {
    const isMockOfOrigin = given instanceof MockPool || given instanceof MockClient;
    // Those of undici 7 know only the older form of handlers, to which an Agent converts ours.
    this.dispatcher = isMockOfOrigin ? new Agent({ factory: () => given }) : given;
    // A mock compares the body, so it gets it as it is. The options of others are not known.
    this.mayBeH2 = !(isMockOfOrigin || given instanceof MockAgent);
    // Other objects with a `dispatch` method emit no events.
    if (given instanceof EventEmitter) given.on('connect', this.#onConnect);
  }

  /** undici starts the request that the connection was opened for within this tick. */
  readonly #onConnect = (): void => {
    this.isFirst = true;
    queueMicrotask(() => {
      this.isFirst = false;
    });
  };
}

/** One listener per dispatcher, however many clients share it. */
const known = new WeakMap<Dispatcher, Connections>();

/** The connections of the caller's dispatcher. */
export function connectionsOf(dispatcher: Dispatcher): Connections {
  const connections = known.get(dispatcher) ?? new GivenConnections(dispatcher);
  known.set(dispatcher, connections);
  return connections;
}

interface OwnOptions extends ConnectionLimits {
  readonly allowH2: boolean;
}

/** The connections of an Agent created here. The client's clock limits connecting, so undici's limit of 10 s is off. */
export function ownConnections({ allowH2, maxIdle, maxAge, perOrigin }: OwnOptions): Connections {
  // Otherwise undici takes the path of a polluted prototype.
  const connector: Connector = buildConnector({ allowH2, timeout: 0, socketPath: null });
  const open = new Set<Link>();
  showConnections(open, connectionsOfLinks);
  const idle = Math.min(maxIdle, LONGEST_TIMER);
  const rules: LinkRules = { connector, maxIdle: idle, maxAge, open };
  const createClient = (url: URL, options: Client.Options): LinkedClient => {
    const link = new Link(url.origin, rules);
    return new LinkedClient(url, { ...options, connect: link.connect.bind(link) }, link);
  };
  const makePools = (isKept: boolean): Pools => {
    // The second is for a server that announces a longer time.
    const options = { allowH2, keepAliveTimeout: idle, keepAliveMaxTimeout: idle, ...(!isKept && { pipelining: 0 }) };
    return perOrigin === Infinity
      ? agentOf(options, createClient)
      : new LimitedPools({ limit: perOrigin, createClient: (url) => createClient(url, options) });
  };
  const dispatcher = makePools(true);
  let single: Pools | undefined;
  return {
    dispatcher,
    mayBeH2: allowH2,
    single: () => (single ??= makePools(false)),
    close(onClose) {
      soon(() => {
        onClose();
        // Resolves when the requests have ended; nobody handles a failure.
        for (const one of [dispatcher, single]) Promise.resolve(one?.close()).catch(() => undefined);
      });
    },
    closeIdle(origin) {
      for (const link of open) if (link.origin === origin) link.closeIfIdle();
    },
  };
}

function agentOf(
  options: Agent.Options,
  createClient: (url: URL, options: Client.Options) => LinkedClient,
): Dispatcher {
  const factory = (url: URL, others: object): Dispatcher => createClient(url, others);
  return new Agent({
    ...options,
    factory: (origin, others: object) => new Pool(origin, { ...others, factory }),
  }).on('disconnect', (_, targets) => {
    // A listener on each socket would take 0.4 KB with those of undici.
    for (const target of targets) if (target instanceof LinkedClient) target.link.closed();
  });
}
