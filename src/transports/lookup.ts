import type { LookupAddress, LookupOptions } from 'node:dns';
import { isIPv6, type LookupFunction } from 'node:net';
import type { AxiosRequestConfig } from 'axios';
import { toError } from '../util/is-error';

type Address = string | LookupAddress;
type Lookup = NonNullable<AxiosRequestConfig['lookup']>;
type Found = Address | null | undefined;
type LookupCallback = (error: Error | null, found: Found | readonly Found[], family?: number) => void;

const adapted = new WeakMap<Lookup, LookupFunction>();

/**
 * Adapts an axios `lookup` to Node: it may return one address or several, through a callback or a promise. The same function
 * for the same `lookup`, whose requests share connections.
 */
export function toNodeLookup(lookup: Lookup): LookupFunction {
  const known = adapted.get(lookup) ?? adapt(lookup);
  adapted.set(lookup, known);
  return known;
}

function adapt(lookup: Lookup): LookupFunction {
  return (hostname, options: LookupOptions, answer) => {
    // Never at once: before Node 24, a connection that cannot be opened then fails before anybody listens, and ends the process.
    const done = process.nextTick.bind(process, answer) as typeof answer;
    const callback: LookupCallback = (error, found, family) => {
      const list = (Array.isArray(found) ? found : [found]) as readonly Found[];
      const addresses = list.filter(isAddress).map((one) => toAddress(one, family));
      const [first] = addresses;
      if (error || !first) done(error ?? noAddress(hostname), '', 0);
      else if (options.all) done(null, addresses);
      else done(null, first.address, first.family);
    };
    const promise = (lookup as (...args: unknown[]) => unknown)(hostname, options, callback);
    if (promise instanceof Promise) settle(promise, callback);
  };
}

/** In a promise, an array is a pair of address and family. */
function settle(promise: Promise<unknown>, callback: LookupCallback): void {
  promise.then(
    (found) => {
      if (Array.isArray(found)) callback(null, found[0] as Address, found[1] as number | undefined);
      else callback(null, found as Address);
    },
    (error: unknown) => {
      callback(toError(error ?? 'the `lookup` was rejected without a reason'), '');
    },
  );
}

function isAddress(found: Found): found is Address {
  return found !== null && found !== undefined;
}

function toAddress(found: Address, family?: number): LookupAddress {
  if (typeof found === 'object') return found;
  return { address: found, family: family ?? (isIPv6(found) ? 6 : 4) };
}

/** With Node's code for the same failure: Node throws where it gets an empty list. */
function noAddress(hostname: string): Error {
  return Object.assign(new Error(`the \`lookup\` found no address of ${hostname}`), { code: 'ENOTFOUND' });
}
