import type { Agent } from 'node:http';

/** What tells the connections of an agent without TLS apart. */
interface Place {
  readonly host?: string | null | undefined;
  readonly port?: number | string | null | undefined;
  readonly family?: number | undefined;
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
 * Lets an agent remember the names under which it keeps connections, which Node puts together three times for each request.
 *
 * Not for TLS: what replaces `https.request` may add options to a request, such as `rejectUnauthorized` or `ca`. Its connection
 * must not serve other requests, and which options matter depends on the version of Node.
 *
 * @see https://nodejs.org/api/http.html#agentgetnameoptions
 */
export function rememberNames(agent: Agent): Agent {
  const nameOf = agent.getName.bind(agent);
  const names = new Map<unknown, Known>();
  agent.getName = (options: Place = {}) => {
    const known = names.get(options.host);
    if (known && isSame(known.place, options)) return known.name;
    if (names.size >= MOST_HOSTS) names.clear();
    const { host, port, family, localAddress, socketPath } = options;
    const name = nameOf(options);
    names.set(host, { place: { port, family, localAddress, socketPath }, name });
    return name;
  };
  return agent;
}

function isSame(one: Place, other: Place): boolean {
  return (
    one.port === other.port &&
    one.family === other.family &&
    one.localAddress === other.localAddress &&
    one.socketPath === other.socketPath
  );
}
