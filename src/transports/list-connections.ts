import type { Agent } from 'node:http';
import { isIPv6, type Socket } from 'node:net';
import type { OpenConnections } from '../events/open-connections';
import { addressOf, portOf } from '../util/host';
import type { Link } from './undici-link';

/** The open connections of agents of Node. */
export function* connectionsOfAgents(agents: Iterable<Agent>): Generator<OpenConnections> {
  for (const { sockets, freeSockets } of agents) {
    for (const [name, used] of Object.entries(sockets)) yield* serverOf(name, { active: open(used), idle: 0 });
    for (const [name, free] of Object.entries(freeSockets)) yield* serverOf(name, { active: 0, idle: open(free) });
  }
}

/** The open connections of undici's clients. */
export function* connectionsOfLinks(links: Iterable<Link>): Generator<OpenConnections> {
  for (const { origin, isConnected, requests } of links) {
    if (!isConnected) continue;
    const url = new URL(origin);
    yield {
      address: addressOf(url),
      port: portOf(url),
      active: requests > 0 ? 1 : 0,
      idle: requests > 0 ? 0 : 1,
    };
  }
}

function open(sockets: readonly Socket[] = []): number {
  return sockets.filter(({ connecting, destroyed }) => !connecting && !destroyed).length;
}

/** Parts of the longest IPv6 address: eight groups, after an empty one in `::2:3:4:5:6:7:8`. */
const MOST_PARTS = 9;

/** Reads the name under which an agent keeps sockets: `host:port:` and more. The colons of an IPv6 address stand in it as they are. */
function* serverOf(name: string, counted: Pick<OpenConnections, 'active' | 'idle'>): Generator<OpenConnections> {
  const parts = name.split(':');
  for (let length = MOST_PARTS; length > 0; length--) {
    const address = parts.slice(0, length).join(':');
    const port = parts[length] ?? '';
    if (!/^\d+$/.test(port) || !(length === 1 || isIPv6(address))) continue;
    yield { address, port: Number(port), ...counted };
    return;
  }
}
