import { onlyArgument } from './options/options-argument';
import { HTTPClient } from './http-client';
import type { HTTPClientOptions } from './options/client-options';

/**
 * The same as `new HTTPClient(options)`.
 *
 * @throws TypeError or RangeError that names the wrong option
 */
export function createClient(options?: HTTPClientOptions): HTTPClient;
export function createClient(...given: [options?: HTTPClientOptions, ...others: unknown[]]): HTTPClient {
  // As a callback of `map` it gets an index, too.
  return new HTTPClient(typeof given[1] === 'number' ? given[0] : onlyArgument(given));
}
