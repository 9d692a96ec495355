import type { LookupAddress, LookupOptions } from 'node:dns';
import { isIPv6, type LookupFunction } from 'node:net';
import type { AxiosRequestConfig } from 'axios';

type Address = string | LookupAddress;
type Lookup = NonNullable<AxiosRequestConfig['lookup']>;

/** Node's kind of `lookup` for axios's, which may answer with one address or several, to a callback or as a promise. */
export function toNodeLookup(lookup: Lookup): LookupFunction {
  return (hostname, options: LookupOptions, done) => {
    const answer = (error: Error | null, found: Address | readonly Address[], family?: number): void => {
      if (error) {
        done(error, '', 0);
        return;
      }
      const list = (Array.isArray(found) ? found : [found]) as readonly Address[];
      const addresses = list.map((one) => toAddress(one, family));
      const [first = { address: '', family: 0 }] = addresses;
      if (options.all) done(null, addresses);
      else done(null, first.address, first.family);
    };
    const promise = (lookup as (...args: unknown[]) => unknown)(hostname, options, answer);
    if (promise instanceof Promise) settle(promise, answer);
  };
}

type Answer = (error: Error | null, found: Address | readonly Address[], family?: number) => void;

/** As a promise, a list is a pair of address and family. */
function settle(promise: Promise<unknown>, answer: Answer): void {
  promise.then(
    (found) => {
      if (Array.isArray(found)) answer(null, found[0] as Address, found[1] as number | undefined);
      else answer(null, found as Address);
    },
    (error: unknown) => {
      answer(error as Error, '');
    },
  );
}

function toAddress(found: Address, family?: number): LookupAddress {
  if (typeof found === 'object') return found;
  return { address: found, family: family ?? (isIPv6(found) ? 6 : 4) };
}
