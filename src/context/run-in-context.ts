import { AsyncLocalStorage } from 'node:async_hooks';
import { fromFacts, type ContextFacts, type RequestContext } from './inbound-context';

type Storage = AsyncLocalStorage<RequestContext | undefined>;

const KEY = Symbol.for('@hdms/http-client/context');

/** Shared by all copies of this package in a process: each must see a context that another one has entered. */
const storage = sharedStorage(globalThis as { [KEY]?: Storage });

function sharedStorage(holder: { [KEY]?: Storage }): Storage {
  const existing = holder[KEY];
  if (existing) return existing;
  const created: Storage = new AsyncLocalStorage();
  Object.defineProperty(holder, KEY, { value: created });
  return created;
}

/**
 * Runs `serve`, and everything it starts, in a context: calls made there belong to the request that is being served.
 *
 * @param context `undefined` for work that outlives the request
 * @throws TypeError or RangeError if `context` is not valid
 */
export function runInContext<T>(context: ContextFacts | RequestContext | undefined, serve: () => T): T {
  return enter(context === undefined ? undefined : fromFacts(context), serve);
}

/** The same, for a context that is known to be one. */
export function enter<T>(context: RequestContext | undefined, serve: () => T): T {
  return storage.run(context, serve);
}

/** The context of the request that is being served; `undefined` if there is none. */
export function currentContext(): RequestContext | undefined {
  return storage.getStore();
}

/** The bearer token of the request that is being served. Pass it to `onBehalfOf` as `subjectToken`, or to a client as `token`. */
export function inboundToken(): string | undefined {
  return /^Bearer +([^\s]+)$/i.exec(currentContext()?.authorization ?? '')?.[1];
}
