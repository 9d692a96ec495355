import { BlockList, isIP, isIPv6 } from 'node:net';
import { addressOf, hostInURL, portOf } from '../../util/host';

/** The parts of a URL that decide on its proxy. */
export type Origin = Pick<URL, 'protocol' | 'hostname' | 'port'>;

/**
 * Whether `NO_PROXY` excludes a server: a list of `host`, `host:port`, `.domain`, `*.domain`, `address/bits` or `*`,
 * separated by commas or spaces. As in axios, all names and addresses of this machine mean the same.
 */
export function isExcluded(server: Origin, list: string): boolean {
  const host = canonical(server.hostname);
  const port = portOf(server);
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => entry !== '' && (entry === '*' || matches(entry, host, port)));
}

function matches(entry: string, host: string, port: number): boolean {
  if (entry.includes('/')) return isInNetwork(entry, host);
  const [name, entryPort] = splitPort(entry);
  if (entryPort !== undefined && Number(entryPort) !== port) return false;
  if (name.startsWith('*') || name.startsWith('.')) return host.endsWith(withoutDots(name.replace(/^\*/, '')));
  const other = canonical(name);
  return other !== '' && (host === other || (isOwnMachine(host) && isOwnMachine(other)));
}

/** An IPv6 address without brackets has no port. */
function splitPort(entry: string): [name: string, port: string | undefined] {
  const colon = entry.lastIndexOf(':');
  const isPort = colon > 0 && /^\d+$/.test(entry.slice(colon + 1)) && !isIPv6(entry);
  return isPort ? [entry.slice(0, colon), entry.slice(colon + 1)] : [entry, undefined];
}

/** A host name or address in the form that URLs have, without brackets. */
function canonical(name: string): string {
  const plain = withoutDots(name.replace(/^\[|\]$/g, ''));
  const url = `http://${hostInURL(plain)}`;
  return URL.canParse(url) ? addressOf(new URL(url)) : plain;
}

function withoutDots(name: string): string {
  let end = name.length;
  while (end > 0 && name[end - 1] === '.') end--;
  return name.slice(0, end);
}

const OWN_MACHINE = new BlockList();
OWN_MACHINE.addSubnet('127.0.0.0', 8, 'ipv4');
OWN_MACHINE.addAddress('0.0.0.0', 'ipv4');
OWN_MACHINE.addAddress('::1', 'ipv6');
OWN_MACHINE.addAddress('::', 'ipv6');

function isOwnMachine(host: string): boolean {
  return host === 'localhost' || isListed(OWN_MACHINE, host);
}

function isInNetwork(entry: string, host: string): boolean {
  const [, base = '', bits = ''] = /^\[?([^/[\]]+)\]?\/(\d{1,3})$/.exec(entry) ?? [];
  const family = isIP(base);
  if (family === 0 || Number(bits) > (family === 6 ? 128 : 32)) return false;
  const network = new BlockList();
  network.addSubnet(base, Number(bits), family === 6 ? 'ipv6' : 'ipv4');
  return isListed(network, host);
}

function isListed(list: BlockList, host: string): boolean {
  const family = isIP(host);
  return family !== 0 && list.check(host, family === 6 ? 'ipv6' : 'ipv4');
}
