import { Call } from '../call/call';
import { attemptOf, callOf, nextAttempt } from '../call/call-of';
import type { AxiosResponse } from 'axios';
import { kindOf } from '../checks/kind-of';
import { configSent, markOwn } from '../lean-axios/limited-axios';
import { repairConfig } from '../lean-axios/lean-config';
import type { AttemptPlugin, CallPlugin, OwnPlugin, Plugin, RequestConfig, Ring } from '../plugins/plugin';
import { isPromise } from '../util/promises';

/** Combines the built-in plugins of the call ring, outermost first, into one. */
export function callRing(...plugins: readonly CallPlugin[]): Plugin {
  return combine('call', plugins, callOf, ({ call }) => (call instanceof Call ? call : undefined));
}

/** Combines the built-in plugins of the attempt ring, outermost first, into one. */
export function attemptRing(...plugins: readonly AttemptPlugin[]): Plugin {
  return combine('attempt', plugins, nextAttempt, attemptOf);
}

type Request<Memory> = NonNullable<OwnPlugin<Memory>['request']>;
type Failure<Memory> = NonNullable<OwnPlugin<Memory>['failure']>;

/**
 * @param remember finds or creates what the plugins of this ring share
 * @param recall finds it afterwards, if the ring was reached
 */
function combine<Memory>(
  ring: Ring,
  plugins: readonly OwnPlugin<Memory>[],
  remember: (config: RequestConfig) => Memory,
  recall: (config: RequestConfig) => Memory | undefined,
): Plugin {
  const requests = plugins.flatMap(({ request }) => request ?? []);
  // On the way back, the innermost runs first.
  const inwards = [...plugins].reverse();
  const responses = inwards.flatMap(({ response }) => response ?? []);
  const failures = inwards.flatMap(({ failure }) => failure ?? []);
  return {
    name: `own-${ring}-plugins`,
    ring,
    install(http) {
      // Built-in plugins end with the call by themselves.
      const request = markOwn((given: RequestConfig) => {
        // The user's interceptors may have returned anything.
        if (typeof given !== 'object' || (given as unknown) === null) throw noConfig(given);
        const config = repairConfig(given);
        return send(requests, 0, config, remember(config));
      });
      http.interceptors.request.use(request);
      http.interceptors.response.use(
        markOwn((response: AxiosResponse, sent?: RequestConfig) => {
          // axios's core hands a copy without a prototype to the adapter, which would print all that it holds.
          const config = (response as Partial<typeof response> | undefined)?.config;
          if (config && Object.getPrototypeOf(config) === null) repairConfig(config);
          // axios's own core passes only the response.
          const from = sent ?? config;
          const memory = from && recall(from);
          for (const see of responses) see(response, memory);
          return response;
        }),
        markOwn((error: unknown, sent?: RequestConfig) => {
          const from = configSent(error, sent);
          return fail(failures, 0, error, from && recall(from));
        }),
      );
    },
  };
}

function noConfig(given: unknown): TypeError {
  return new TypeError(`a request interceptor must return the config, got ${kindOf(given)}`);
}

/** Runs one plugin after the other, synchronously until one returns a promise. */
function send<Memory>(
  requests: readonly Request<Memory>[],
  from: number,
  config: RequestConfig,
  memory: Memory,
): RequestConfig | Promise<RequestConfig> {
  for (let index = from; index < requests.length; index++) {
    const waiting = requests[index]?.(config, memory);
    if (waiting) return waiting.then(() => send(requests, index + 1, config, memory));
  }
  return config;
}

function fail<Memory>(
  failures: readonly Failure<Memory>[],
  from: number,
  thrown: unknown,
  memory: Memory | undefined,
): Promise<never> {
  let error = thrown;
  for (let index = from; index < failures.length; index++) {
    const next = failures[index]?.(error, memory);
    if (isPromise(next)) {
      const proceed = (later: unknown): Promise<never> => fail(failures, index + 1, later, memory);
      // What a plugin fails with, such as no new token after a 401, takes the place of the error.
      return next.then(proceed, proceed);
    }
    error = next;
  }
  throw error;
}
