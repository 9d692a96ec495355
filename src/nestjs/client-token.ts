import { inspect } from 'node:util';
import { Inject } from '@nestjs/common';
import { HTTPClient } from '../client/http-client';

/** The name of the client that `forRoot` creates. */
export const DEFAULT_CLIENT = 'default';

/**
 * The injection token of a client. A test overrides the client by it.
 *
 * @param name of a client of `forFeature`; the default is the client of `forRoot`
 * @throws TypeError if `name` is not a valid name
 */
export function getHTTPClientToken(name: string = DEFAULT_CLIENT): string | typeof HTTPClient {
  checkClientName(name);
  return name === DEFAULT_CLIENT ? HTTPClient : `HTTPClient:${name}`;
}

/**
 * Injects a client.
 *
 * @param name of a client of `forFeature`; the default is the client of `forRoot`
 * @throws TypeError if `name` is not a valid name
 */
export function InjectHTTPClient(name?: string): PropertyDecorator & ParameterDecorator {
  return Inject(getHTTPClientToken(name));
}

/** @throws TypeError if `name` is not a valid name */
export function checkClientName(name: unknown): asserts name is string {
  if (typeof name === 'string' && /^[\w.-]+$/.test(name)) return;
  const got = inspect(name, { depth: 0, maxStringLength: 50 });
  throw new TypeError(`The name of an HTTP client must consist of letters, digits, \`_\`, \`-\` and \`.\`, got ${got}`);
}
