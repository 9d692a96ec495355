import { AsyncLocalStorage } from 'node:async_hooks';
import { fromFacts, type ContextFacts, type RequestContext } from './inbound-context';

type Storage = AsyncLocalStorage<RequestContext | undefined>;

const KEY = Symbol.for('@hdms/http-client/context');

/** One for all copies of this package in a process: with two, a context that the one holds would be lost on the other. */
const storage = sharedStorage(globalThis as { [KEY]?: Storage });

function sharedStorage(holder: { [KEY]?: Storage }): Storage {
  const there = holder[KEY];
  if (there) return there;
  const made: Storage = new AsyncLocalStorage();
  Object.defineProperty(holder, KEY, { value: made });
  return made;
}

/**
 * Runs `serve`, and all that it begins, in a context: the calls made in it belong to the request that is being served.
 *
 * @param context `undefined` for work that outlives the request
 * @throws TypeError or RangeError if the context is none
 */
export function runInContext<T>(context: ContextFacts | RequestContext | undefined, serve: () => T): T {
  return storage.run(context === undefined ? undefined : fromFacts(context), serve);
}

/** The context of the request that is being served; `undefined` where there is none. */
export function currentContext(): RequestContext | undefined {
  return storage.getStore();
}

/** The bearer token of the request that is being served, to be passed to `onBehalfOf` as `subjectToken`. */
export function inboundToken(): string | undefined {
  return /^Bearer +([^\s]+)$/i.exec(currentContext()?.authorization ?? '')?.[1];
}
