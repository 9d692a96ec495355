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
export function InjectHTTPClient(name: string = DEFAULT_CLIENT): PropertyDecorator & ParameterDecorator {
  // A decorator without parentheses is called with the class.
  const given: unknown = name;
  const isTarget = typeof given === 'function' || (typeof given === 'object' && given !== null);
  checkClientName(given, isTarget ? ': a decorator has parentheses, as in @InjectHTTPClient()' : '');
  INJECTED.add(name);
  return Inject(name === DEFAULT_CLIENT ? HTTPClient : tokenOf(name));
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
