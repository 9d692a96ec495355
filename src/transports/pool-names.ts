import type { Agent } from 'node:http';

/** What tells the connections of one of our agents apart: its other options never change. */
interface Place {
  readonly host?: string | null | undefined;
  readonly port?: number | string | null | undefined;
  readonly family?: number | undefined;
  readonly servername?: string | undefined;
  readonly localAddress?: string | undefined;
  readonly socketPath?: string | undefined;
}

interface Known {
  readonly place: Place;
  readonly name: string;
}

/** Hosts that are remembered for each agent. */
const MOST_HOSTS = 1000;

/**
 * Lets an agent remember the names under which it keeps connections. Node puts each together from all options, for TLS more
 * than twenty, three times for each request.
 *
 * @see https://nodejs.org/api/http.html#agentgetnameoptions
 */
export function rememberNames<Kind extends Agent>(agent: Kind): Kind {
  const nameOf = agent.getName.bind(agent);
  const names = new Map<unknown, Known>();
  agent.getName = (options: Place = {}) => {
    const known = names.get(options.host);
    if (known && isSame(known.place, options)) return known.name;
    if (names.size >= MOST_HOSTS) names.clear();
    const { host, port, family, servername, localAddress, socketPath } = options;
    const name = nameOf(options);
    names.set(host, { place: { port, family, servername, localAddress, socketPath }, name });
    return name;
  };
  return agent;
}

function isSame(one: Place, other: Place): boolean {
  return (
    one.port === other.port &&
    one.family === other.family &&
    one.servername === other.servername &&
    one.localAddress === other.localAddress &&
    one.socketPath === other.socketPath
  );
}
