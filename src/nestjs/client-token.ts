import { inspect } from 'node:util';
import { Inject } from '@nestjs/common';
import { HTTPClient } from '../client/http-client';

/** Name of the client that `forRoot` makes. */
export const DEFAULT_CLIENT = 'default';

/**
 * The token by which a client is injected, and by which a test puts another in its place.
 *
 * @param name of the client in `forFeature`; without one, that of `forRoot`
 * @throws TypeError if it is no name
 */
export function getHTTPClientToken(name: string = DEFAULT_CLIENT): string | typeof HTTPClient {
  checkClientName(name);
  return name === DEFAULT_CLIENT ? HTTPClient : `HTTPClient:${name}`;
}

/**
 * Injects a client: the one of `forFeature` with this name, or without a name that of `forRoot`.
 *
 * @throws TypeError if it is no name
 */
export function InjectHTTPClient(name?: string): PropertyDecorator & ParameterDecorator {
  return Inject(getHTTPClientToken(name));
}

/** @throws TypeError if it is no name */
export function checkClientName(name: unknown): asserts name is string {
  if (typeof name === 'string' && /^[\w.-]+$/.test(name)) return;
  const got = inspect(name, { depth: 0, maxStringLength: 50 });
  throw new TypeError(`The name of an HTTP client must be of letters, digits, and \`_\`, \`-\`, \`.\`, got ${got}`);
}
