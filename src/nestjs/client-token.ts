import { inspect } from 'node:util';
import { Inject } from '@nestjs/common';
import { kindOf } from '../checks/kind-of';
import { HTTPClient } from '../client/http-client';

/** The name of the client that `forRoot` creates. */
export const DEFAULT_CLIENT = 'default';

/** Names by which classes inject clients. */
export const INJECTED = new Set<string>();

/** Names for which somebody has the token, and so may provide a client. */
export const PROVIDED = new Set([DEFAULT_CLIENT]);

/** The injection token of a named client. */
export function tokenOf(name: string): string {
  return `HTTPClient:${name}`;
}

/**
 * The injection token of a client. A test overrides the client by it.
 *
 * @param name of a client of `forFeature`; the default is the client of `forRoot`
 * @throws TypeError if `name` is not a valid name
 */
export function getHTTPClientToken(name: string = DEFAULT_CLIENT): string | typeof HTTPClient {
  checkClientName(name);
  PROVIDED.add(name);
  return name === DEFAULT_CLIENT ? HTTPClient : tokenOf(name);
}

/**
 * Injects a client.
 *
 * @param name of a client of `forFeature`; the default is the client of `forRoot`
 * @throws TypeError if `name` is not a valid name
 */
export function InjectHTTPClient(name?: string): PropertyDecorator & ParameterDecorator;
export function InjectHTTPClient(...given: [name?: string]): PropertyDecorator & ParameterDecorator {
  // `undefined` is a name that is not there, often because of a circular import; the default client would get its calls.
  const name: unknown = given.length === 0 ? DEFAULT_CLIENT : given[0];
  checkClientName(name, adviceFor(name));
  INJECTED.add(name);
  return Inject(name === DEFAULT_CLIENT ? HTTPClient : tokenOf(name));
}

function adviceFor(name: unknown): string {
  if (name === undefined) return ': the default client is injected with @InjectHTTPClient()';
  // A decorator without parentheses is called with the class.
  const isTarget = typeof name === 'function' || (typeof name === 'object' && name !== null);
  return isTarget ? ': a decorator has parentheses, as in @InjectHTTPClient()' : '';
}

/**
 * @param advice for the message
 * @throws TypeError if `name` is not a valid name
 */
export function checkClientName(name: unknown, advice = ''): asserts name is string {
  if (typeof name === 'string' && /^[\w.-]+$/.test(name)) return;
  // Not echoed if it is a URL, which may contain a password.
  const got = typeof name !== 'string' ? kindOf(name) : /[/:@]/.test(name) ? 'a URL' : inspect(name.slice(0, 50));
  throw new TypeError(
    `The name of an HTTP client must consist of letters, digits, \`_\`, \`-\` and \`.\`, got ${got}${advice}`,
  );
}
