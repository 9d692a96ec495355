import { Readable } from 'node:stream';
import type { AxiosInstance, AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import axiosRetry from 'axios-retry';
import type { Call } from '../call';
import { cancelledBy } from '../errors/cancelled';
import { createException } from '../errors/create';
import { isRequestException } from '../errors/guards';
import type { HTTP } from '../plugin';
import { decideRetry, type RetryDecision, type RetryPolicy } from '../retry/policy';

declare module 'axios' {
  interface AxiosRequestConfig<D, P> {
    /** Retries after the first attempt, 0 to 10. */
    retryAttempts?: number;
  }
}

/** What stands between the call ring and the attempt ring. */
export interface Retry {
  /** Lets `http` retry what fails in it, each time through `inner`. */
  install(http: HTTP, inner: HTTP): void;
}

/** Has axios-retry carry out what `decideRetry` decides. */
export function retry(policy: RetryPolicy): Retry {
  const delays = new WeakMap<Call, number>();

  function decide(error: unknown): boolean {
    const config = isRequestException(error) ? error.config : undefined;
    const call = config?.call;
    // A failure that is none of this client's requests must not be sent again as if it were.
    if (!isRequestException(error) || !config || !call || call.settled) return false;
    const { retryAttempts = 0 } = config;
    const body = config.data as unknown;
    const { method, retries, replayed, remaining } = call;
    const cancelled = config.signal?.aborted === true;
    const state = { method, retries, replayed, remaining, retryAttempts, body, cancelled };
    const decision = decideRetry(error, state, policy);
    write(decision, call);
    if (!decision.retry) return false;
    delays.set(call, decision.delay * 1000);
    release(error.response);
    return true;
  }

  return {
    install(http, inner) {
      // axios-retry looks at its host's interceptors and defaults, and calls it to send again. Its state is set up
      // where something failed, so that a call that succeeds at once pays nothing.
      const host = Object.assign((config: InternalAxiosRequestConfig) => sendAgain(config, inner), {
        interceptors: { request: { use: () => 0 }, response: http.interceptors.response },
        defaults: {},
      });
      axiosRetry(host as unknown as AxiosInstance, {
        // The decision counts for itself: axios-retry counts attempts that a cancelled wait never makes.
        retries: Infinity,
        shouldResetTimeout: true,
        retryCondition: decide,
        retryDelay: (_, { config }) => (config?.call && delays.get(config.call)) ?? 0,
      });
      http.interceptors.response.use(undefined, giveUp);
    },
  };
}

async function sendAgain(config: InternalAxiosRequestConfig, inner: HTTP): Promise<AxiosResponse> {
  const signal = config.signal as AbortSignal | undefined;
  if (signal?.aborted)
    throw cancelledBy(signal.reason, { call: config.call, config, sent: config.call?.lastError?.sent ?? 'no' });
  return inner.request(config);
}

function write(decision: RetryDecision, call: Call): void {
  if (!decision.retry) {
    call.decided('fail', decision.reason);
    return;
  }
  call.decided(decision.counted ? 'retry' : 'replay', decision.reason, decision.delay);
}

/** Says that it was the deadline, where there would have been another attempt but for it. */
function giveUp(error: unknown): never {
  const config = isRequestException(error) ? error.config : undefined;
  const call = config?.call;
  if (!isRequestException(error) || call?.attempts.at(-1)?.reason !== 'deadline' || error.code === 'DEADLINE_EXCEEDED')
    throw error;
  throw createException('DEADLINE_EXCEEDED', {
    call,
    config,
    cause: error,
    sent: error.sent,
    phase: 'phase' in error ? (error.phase as 'body') : 'body',
    response: error.response as never,
    retryAfter: error.retryAfter,
    detail: `another attempt would not fit into the deadline of ${call.limit} s`,
  });
}

/** A stream that nobody will read keeps its socket. */
function release(response: AxiosResponse | undefined): void {
  if (response?.data instanceof Readable) response.data.destroy();
}
