import { callOf, nextAttempt } from '../call/call-of';
import { markPunctual } from '../lean-axios/limited-axios';
import { repairConfig } from '../lean-axios/lean-config';
import type { AttemptPlugin, CallPlugin, OwnPlugin, Plugin, RequestConfig, Ring } from '../plugins/plugin';
import { isPromise } from '../util/promises';

/** Combines the built-in plugins of the call ring, outermost first, into one. */
export function callRing(...plugins: readonly CallPlugin[]): Plugin {
  return combine('call', plugins, callOf);
}

/** Combines the built-in plugins of the attempt ring, outermost first, into one. */
export function attemptRing(...plugins: readonly AttemptPlugin[]): Plugin {
  return combine('attempt', plugins, nextAttempt);
}

type Request<Memory> = NonNullable<OwnPlugin<Memory>['request']>;
type Failure = NonNullable<OwnPlugin<never>['failure']>;

/** @param remember finds or creates what the plugins of this ring share */
function combine<Memory>(
  ring: Ring,
  plugins: readonly OwnPlugin<Memory>[],
  remember: (config: RequestConfig) => Memory,
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
      const request = markPunctual((given: RequestConfig) => {
        // The user's interceptors may have returned anything.
        const config = repairConfig(given);
        return send(requests, 0, config, remember(config));
      });
      http.interceptors.request.use(request);
      http.interceptors.response.use(
        (response) => {
          // axios's core hands a copy without a prototype to the adapter, which would print all that it holds.
          const config = (response as Partial<typeof response> | undefined)?.config;
          if (config && Object.getPrototypeOf(config) === null) repairConfig(config);
          for (const see of responses) see(response);
          return response;
        },
        markPunctual((error: unknown) => fail(failures, 0, error)),
      );
    },
  };
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

function fail(failures: readonly Failure[], from: number, thrown: unknown): Promise<never> {
  let error = thrown;
  for (let index = from; index < failures.length; index++) {
    const next = failures[index]?.(error);
    if (isPromise(next)) return next.then((later) => fail(failures, index + 1, later));
    error = next;
  }
  throw error;
}
