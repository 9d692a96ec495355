import type { AxiosInterceptorManager, InternalAxiosRequestConfig } from 'axios';
import { isOwn } from './limited-axios';

type RequestConfig = InternalAxiosRequestConfig;

/** What a request interceptor does. */
export type Step = (config: RequestConfig) => RequestConfig | Promise<RequestConfig>;

/** An interceptor as axios stores it. */
interface Stored<Handle> {
  readonly fulfilled?: Handle | null;
  readonly rejected?: Handle | null;
  readonly runWhen?: ((config: RequestConfig) => boolean) | null;
}

type Outcome = (outcome: unknown, config?: RequestConfig) => unknown;

/** A response interceptor, as all requests share it. */
export interface ResponseHandler {
  readonly fulfilled: Outcome | null | undefined;
  readonly rejected: Outcome | null | undefined;
  readonly isOwn: boolean;
}

/**
 * The request interceptors that apply to a config, in the order in which they run: the last that was added comes first.
 * `undefined` if axios must run them.
 */
export function requestHandlers(): (
  manager: AxiosInterceptorManager<RequestConfig>,
  config: RequestConfig,
) => readonly Step[] | undefined {
  const latest = shared((stored: readonly (Stored<Step> | null)[]) => {
    const handlers = stored.flatMap((one) => (one?.fulfilled ? one : []));
    return {
      steps: inOrder(handlers),
      catches: stored.some((one) => one?.rejected),
      conditional: handlers.some(({ runWhen }) => runWhen) ? handlers : undefined,
    };
  });
  return ({ handlers = [] }, config) => {
    const { steps, catches, conditional } = latest(handlers as never);
    if (catches) return undefined;
    return conditional ? inOrder(conditional.filter(({ runWhen }) => runWhen?.(config) !== false)) : steps;
  };
}

function inOrder(handlers: readonly Stored<Step>[]): Step[] {
  return handlers.flatMap(({ fulfilled }) => fulfilled ?? []).reverse();
}

/** The response interceptors, in the order in which they run. */
export function responseHandlers(): (manager: AxiosInterceptorManager<never>) => readonly ResponseHandler[] {
  const latest = shared((stored: readonly (Stored<Outcome> | null)[]) => stored.map(responseHandler));
  return ({ handlers = [] }) => latest(handlers as never);
}

function responseHandler(stored: Stored<Outcome> | null): ResponseHandler {
  const { fulfilled, rejected } = stored ?? {};
  return { fulfilled, rejected, isOwn: [fulfilled, rejected].every((handle) => !handle || isOwn(handle)) };
}

/** What is made of a list. All requests share it until the list changes: to make it again costs more than most interceptors do. */
function shared<One, Made>(make: (list: readonly One[]) => Made): (list: readonly One[]) => Made {
  let known: readonly One[] = [];
  let made = make(known);
  return (list) => {
    if (!isSame(known, list)) {
      known = [...list];
      made = make(known);
    }
    return made;
  };
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false;
  return true;
}
