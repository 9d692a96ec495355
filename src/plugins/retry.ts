import { Readable } from 'node:stream';
import type { AxiosInstance, AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import axiosRetry from 'axios-retry';
import type { Call } from '../call/call';
import { cancelledBy } from '../errors/cancelled';
import { createException } from '../errors/create';
import type { RequestException } from '../errors/exceptions';
import type { Phase } from '../journal/attempt';
import { isRequestException } from '../errors/guards';
import type { HTTP } from './plugin';
import type { HTTPResponse } from '../response/http-response';
import { askWhen, tellOfRetry, type RetryHooks } from '../resilience/retry-hooks';
import { decideRetry, type RetryState } from '../resilience/retry-policy';
import type { RetryPolicy } from '../resilience/retry-options';
import { forbidsRetry } from '../response/should-retry';
import { isIdleTimeout } from '../response/idle-timeout';
import { attemptOf } from '../call/call-of';
import { markOwn } from '../lean-axios/limited-axios';
import { isWebStream } from '../wire/web-stream';
import { signalsOf, OwnSignal } from '../call/own-signal';

declare module 'axios' {
  interface AxiosRequestConfig<D, P> {
    /** Retries after the first attempt, 0 to 10. */
    retryAttempts?: number;
    /** The caller's functions for this call; those of the client apply where one is missing. */
    retry?: RetryHooks | undefined;
  }
}

/** The layer between the call ring and the attempt ring. */
export interface Retry {
  /** Makes `http` retry its failed requests, each time through `inner`. */
  install(http: HTTP, inner: HTTP): void;
}

type RequestConfig = InternalAxiosRequestConfig & { readonly call: Call };
type LiveFailure = RequestException & { readonly config: RequestConfig };

/**
 * Makes axios-retry carry out the decisions of `decideRetry`. A call fails with DeadlineExceeded if the deadline leaves no
 * time for the next attempt.
 */
export function retry(policy: RetryPolicy, defaultAttempts: number): Retry {
  const delays = new WeakMap<Call, number>();

  function decide(error: unknown): boolean {
    if (!isOfLiveCall(error)) return false;
    const { config } = error;
    const { call, retry: own } = config;
    const hooks = { when: own?.when ?? policy.when, onRetry: own?.onRetry ?? policy.onRetry };
    const attempt = attemptOf(config);
    const number = call.retries + 1;
    const decision = decideRetry(error, stateOf(error, hooks, defaultAttempts), policy);
    if (!decision.retry) {
      attempt?.decided('fail', decision.reason);
      return false;
    }
    attempt?.decided(decision.counted ? 'retry' : 'replay', decision.reason, decision.delay);
    tellOfRetry(hooks, { error, attempt: number, wait: decision.delay, call });
    delays.set(call, decision.delay * 1000);
    waitOnOwnSignal(config);
    release(error.response);
    return true;
  }

  return {
    install(http, inner) {
      // axios-retry uses its host's interceptors and defaults, and calls the host to send again. Its state is created after
      // a failure, so that a call that succeeds at once costs nothing.
      const host = Object.assign((config: InternalAxiosRequestConfig) => sendAgain(config, inner), {
        interceptors: { request: { use: () => 0 }, response: { use: addRetrying.bind(undefined, http) } },
        defaults: {},
      });
      axiosRetry(host as unknown as AxiosInstance, {
        // `decideRetry` counts retries: axios-retry also counts attempts that are cancelled during the wait.
        retries: Infinity,
        shouldResetTimeout: true,
        retryCondition: decide,
        retryDelay: (_, error) => (isOfLiveCall(error) ? (delays.get(error.config.call) ?? 0) : 0),
      });
      http.interceptors.response.use(undefined, failWithDeadline);
    },
  };
}

/** Attempts and the waits between them end in time by themselves. */
function addRetrying(http: HTTP, fulfilled: null, rejected: (error: unknown) => unknown): number {
  return http.interceptors.response.use(fulfilled, markOwn(rejected));
}

/** The facts that the decision depends on. */
function stateOf(error: LiveFailure, hooks: RetryHooks, defaultAttempts: number): RetryState {
  const { config } = error;
  const { call, retryAttempts = defaultAttempts, signal } = config;
  const body: unknown = config.data;
  const { method, retries, replays, remaining } = call;
  const attempt = attemptOf(config);
  const outlook = { attempt: retries + 1, retriesLeft: retryAttempts - retries, remaining: remaining / 1000 };
  return {
    ...{ method, retries, replays, remaining, retryAttempts, body },
    tokenRenewed: attempt?.tokenRenewed === true,
    wasAnswered: attempt?.wasAnswered === true,
    forbidden: attempt?.retryForbidden === true || forbidsRetry(error.response?.headers),
    servesRetry: (call.context?.attempt ?? 1) > 1,
    idleTimeout: endsIdle(error),
    cancelled: signal?.aborted === true,
    when: hooks.when && ((planned) => askWhen(hooks, error, { ...outlook, planned })),
  };
}

async function sendAgain(config: InternalAxiosRequestConfig, inner: HTTP): Promise<AxiosResponse> {
  const signal = config.signal as AbortSignal | undefined;
  if (signal?.aborted) {
    const { call } = config;
    throw cancelledBy(signal.reason, { call, config, sent: call?.lastError?.sent ?? 'no' });
  }
  return inner.request(config);
}

/** A failure that does not belong to a running call must not be retried as if it did. */
function isOfLiveCall(error: unknown): error is LiveFailure {
  return isRequestException(error) && error.config?.call?.settled === false;
}

/** Reports the deadline as the failure if only the deadline prevented another attempt. */
function failWithDeadline(error: unknown): never {
  if (!isOfLiveCall(error) || error.code === 'DEADLINE_EXCEEDED') throw error;
  const { config, sent, response, retryAfter } = error;
  const { call } = config;
  if (call.attempts.at(-1)?.reason !== 'deadline') throw error;
  const detail = `another attempt would exceed the deadline of ${call.limit} s`;
  const phase = 'phase' in error ? (error.phase as Phase) : 'body';
  const facts = { call, config, cause: error, sent, phase, response: response as HTTPResponse | undefined, retryAfter };
  throw createException('DEADLINE_EXCEEDED', { ...facts, detail });
}

function endsIdle({ status, response, request }: RequestException): boolean {
  return status === 408 && isIdleTimeout(response?.headers, request);
}

/** While it waits, axios-retry adds a listener to the signal. Node warns above ten listeners, and calls may share a signal. */
function waitOnOwnSignal(config: RequestConfig): void {
  const signal = config.signal as AbortSignal | undefined;
  const origin = signalsOf(config);
  if (!signal || signal !== origin.signal) return;
  const own = new OwnSignal(config.call, origin);
  own.follow(signal);
  config.signal = own.signal;
}

/** An unread stream would keep its socket. */
function release(response: AxiosResponse | undefined): void {
  const data: unknown = response?.data;
  if (data instanceof Readable) data.destroy();
  // A stream that has failed cannot be cancelled, and needs not be.
  else if (isWebStream(data)) data.cancel().catch(() => undefined);
}
