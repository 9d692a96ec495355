import type { AxiosInterceptorManager, InternalAxiosRequestConfig } from 'axios';
import { isOwnInterceptor } from './limited-axios';

type RequestConfig = InternalAxiosRequestConfig;

/** What a request interceptor does. */
export type RequestStep = (config: RequestConfig) => RequestConfig | Promise<RequestConfig>;

/** An interceptor as axios stores it. */
interface Stored<Handle> {
  readonly fulfilled?: Handle | null | undefined;
  readonly rejected?: Handle | null | undefined;
  readonly runWhen?: ((config: RequestConfig) => boolean) | null | undefined;
}

type OutcomeStep = (outcome: unknown, config?: RequestConfig) => unknown;

/** A response interceptor, as all requests share it. */
export interface ResponseHandler {
  readonly fulfilled: OutcomeStep | null | undefined;
  readonly rejected: OutcomeStep | null | undefined;
  readonly isOwn: boolean;
}

/**
 * The request interceptors that apply to a config, in the order in which they run: the last that was added comes first.
 * `undefined` if axios must run them.
 */
export function requestHandlers(): (
  manager: AxiosInterceptorManager<RequestConfig>,
  config: RequestConfig,
) => readonly RequestStep[] | undefined {
  const latest = shared((stored: readonly Stored<RequestStep>[]) => {
    const handlers = stored.filter(({ fulfilled }) => fulfilled);
    return {
      steps: inOrder(handlers),
      catches: stored.some(({ rejected }) => rejected),
      conditional: handlers.some(({ runWhen }) => runWhen) ? handlers : undefined,
    };
  });
  return ({ handlers = [] }, config) => {
    const { steps, catches, conditional } = latest(handlers as never);
    if (catches) return undefined;
    return conditional ? inOrder(conditional.filter(({ runWhen }) => runWhen?.(config) !== false)) : steps;
  };
}

function inOrder(handlers: readonly Stored<RequestStep>[]): RequestStep[] {
  return handlers.flatMap(({ fulfilled }) => fulfilled ?? []).reverse();
}

/** The response interceptors, in the order in which they run. */
export function responseHandlers(): (manager: AxiosInterceptorManager<never>) => readonly ResponseHandler[] {
  const latest = shared((stored: readonly Stored<OutcomeStep>[]) => stored.map(responseHandler));
  return ({ handlers = [] }) => latest(handlers as never);
}

function responseHandler({ fulfilled, rejected }: Stored<OutcomeStep>): ResponseHandler {
  return { fulfilled, rejected, isOwn: [fulfilled, rejected].every((handle) => !handle || isOwnInterceptor(handle)) };
}

/**
 * What is made of a list of interceptors. All requests share it until an interceptor is added, removed or, which axios
 * permits too, changed in place: to make it again costs more than most interceptors do.
 */
function shared<Handle, Made>(
  make: (list: readonly Stored<Handle>[]) => Made,
): (list: readonly (Stored<Handle> | null)[]) => Made {
  let known: readonly Stored<Handle>[] = [];
  let made = make(known);
  return (list) => {
    if (!isSame(known, list)) {
      known = list.map((one) => ({ fulfilled: one?.fulfilled, rejected: one?.rejected, runWhen: one?.runWhen }));
      made = make(known);
    }
    return made;
  };
}

function isSame<Handle>(known: readonly Stored<Handle>[], list: readonly (Stored<Handle> | null)[]): boolean {
  if (known.length !== list.length) return false;
  for (let index = 0; index < known.length; index++) {
    const one = known[index];
    const other = list[index];
    if (one?.fulfilled !== other?.fulfilled || one?.rejected !== other?.rejected) return false;
    if (one?.runWhen !== other?.runWhen) return false;
  }
  return true;
}
