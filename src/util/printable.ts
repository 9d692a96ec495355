import { inspect } from 'node:util';
import { redactHeaders, redactURL } from './redact';

type Options = Parameters<typeof inspect>[1];

/**
 * Makes `target`, or the objects that inherit from it, print as what `describe` returns, in JSON and in `util.inspect`.
 * Loggers print the members of an object one by one, so this is for each member that may hold a secret.
 */
export function printAs(target: object, name: string, describe: (self: never) => object): void {
  Object.defineProperties(target, {
    toJSON: {
      value(this: never) {
        return describe(this);
      },
      writable: true,
      configurable: true,
    },
    [inspect.custom]: {
      value(this: never, _depth: number, options: Options, print: typeof inspect) {
        return `${name} ${print(describe(this), options)}`;
      },
      writable: true,
      configurable: true,
    },
  });
}

interface Headers {
  readonly toJSON: (this: Headers, asStrings?: boolean) => object;
}

/**
 * Makes headers print without secrets. `toJSON` without an argument, which axios calls to iterate over them, still
 * returns them all; JSON.stringify passes a key.
 *
 * @param target AxiosHeaders, or the prototype of a subclass
 */
export function printHeadersSafely(target: Headers): void {
  const { toJSON } = target;
  const all = (headers: Headers): [string, unknown][] => Object.entries(toJSON.call(headers));
  printAs(target, 'AxiosHeaders', (headers: Headers) => redactHeaders(all(headers)));
  const value = function (this: Headers, given?: boolean | string): object {
    return typeof given === 'string' ? redactHeaders(all(this)) : toJSON.call(this, given);
  };
  Object.defineProperty(target, 'toJSON', { value, writable: true, configurable: true });
}

interface Request {
  readonly method?: string;
  readonly path?: string;
}

function describeRequest({ method, path = '' }: Request): object {
  return { method, path: redactURL(path) };
}

export function requestToJSON(this: Request): object {
  return describeRequest(this);
}

export function inspectRequest(this: Request, _depth: number, options: Options, print: typeof inspect): string {
  return `Request ${print(describeRequest(this), options)}`;
}

/** The members that make a request print without its headers. */
export const PRINTED_REQUEST = { toJSON: requestToJSON, [inspect.custom]: inspectRequest };
