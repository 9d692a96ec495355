import type { AxiosInstance, AxiosResponse } from 'axios';
import axiosRetry from 'axios-retry';
import { canPay, pay } from '../admission/pay-ticket';
import type { AttemptState } from '../call/attempt-state';
import type { Call } from '../call/call';
import { conclude, isOfLiveCall, type LiveFailure } from '../call/conclusion';
import { cancelledBy } from '../errors/cancelled';
import type { RequestException } from '../errors/exceptions';
import type { HTTP, RequestConfig } from './plugin';
import { askWhen, tellOfRetry, type RetryHooks } from '../resilience/retry-hooks';
import { decideRetry, type RefusalReason, type RetryState } from '../resilience/retry-policy';
import type { RetryBudgetSettings } from '../resilience/retry-budget-options';
import type { RetryPolicy } from '../resilience/retry-options';
import { ticketFor } from '../resilience/retry-ticket';
import { forbidsRetry } from '../response/should-retry';
import { isIdleTimeout } from '../response/idle-timeout';
import { attemptOf } from '../call/call-of';
import { isReplayable } from '../request/replayable';
import { markOwn } from '../lean-axios/limited-axios';
import { releaseBody } from '../response/release-body';
import { signalsOf, OwnSignal } from '../call/own-signal';

declare module 'axios' {
  interface AxiosRequestConfig {
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
    returnTicket(call);
    const hooks = { when: own?.when ?? policy.when, onRetry: own?.onRetry ?? policy.onRetry };
    const attempt = attemptOf(config);
    const decision = decideRetry(error, stateOf(error, hooks, defaultAttempts, policy), policy);
    if (!decision.retry) {
      attempt?.decided('fail', decision.reason);
      return false;
    }
    attempt?.decided(decision.counted ? 'retry' : 'replay', decision.reason, decision.delay);
    tellOfRetry(hooks, { error, attempt: call.decidedRetries + 1, wait: decision.delay, call });
    if (decision.counted) call.decidedRetries += 1;
    delays.set(call, decision.delay * 1000);
    waitOnOwnSignal(config);
    releaseBody(error.response);
    call.stream?.destroy();
    return true;
  }

  return {
    install(http, inner) {
      // axios-retry uses its host's interceptors and defaults, and calls the host to send again. Its state is created after
      // a failure, so that a call that succeeds at once costs nothing.
      const host = Object.assign((config: RequestConfig) => sendAgain(config, inner), {
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
      http.interceptors.response.use(undefined, conclude);
    },
  };
}

/** Attempts and the waits between them end in time by themselves. */
function addRetrying(http: HTTP, fulfilled: null, rejected: (error: unknown) => unknown): number {
  return http.interceptors.response.use(fulfilled, markOwn(rejected));
}

/** The facts that the decision depends on. */
function stateOf(error: LiveFailure, hooks: RetryHooks, defaultAttempts: number, { budget }: RetryPolicy): RetryState {
  const { config } = error;
  const { call, retryAttempts = defaultAttempts, signal } = config;
  const { method, decidedRetries: retries, replays, remaining } = call;
  const attempt = attemptOf(config);
  const outlook = { attempt: retries + 1, retriesLeft: retryAttempts - retries, remaining: remaining / 1000 };
  return {
    method,
    retries,
    replays,
    remaining,
    retryAttempts,
    replayable: isReplayable(config.data),
    tokenRenewed: attempt?.tokenRenewed === true,
    methodChanged: attempt?.methodChanged === true,
    forbidden: attempt?.retryForbidden === true || forbidsRetry(error.response?.headers),
    servesRetry: (call.context?.attempt ?? 1) > 1,
    idleTimeout: endsIdle(error),
    cancelled: signal?.aborted === true,
    // Another client may share the circuit, and this one may ignore it.
    circuitOpen: attempt?.circuitPermit !== undefined && attempt.origin?.circuit?.isOpen,
    mayPay: budget && attempt ? () => reserve(error, attempt, budget) : undefined,
    when: hooks.when && ((planned) => askWhen(hooks, error, { ...outlook, planned })),
  };
}

/** Gives the call a ticket for a retry. @returns whether the budget of the origin has its price */
function reserve(error: LiveFailure, { call, origin, elapsed }: AttemptState, settings: RetryBudgetSettings): boolean {
  const { code, sent, retryAfter } = error;
  const now = performance.now();
  const failure = { code, sent, retryAfter, took: elapsed, retries: call.decidedRetries };
  call.ticket = origin && ticketFor(failure, origin, settings, now);
  return call.ticket === undefined || canPay(call.ticket, call, now);
}

async function sendAgain(config: RequestConfig, inner: HTTP): Promise<AxiosResponse> {
  const { call } = config;
  const signal = config.signal as AbortSignal | undefined;
  if (signal?.aborted) {
    throw cancelledBy(signal.reason, { call, config, sent: call?.lastError?.sent ?? 'no' });
  }
  // Others have made retries during the wait.
  if (call?.lastError && call.ticket && !pay(call.ticket, call, performance.now(), 'retry')) {
    call.revokeRetry('retry-budget' satisfies RefusalReason);
    throw call.lastError;
  }
  try {
    return await inner.request(config);
  } finally {
    if (call) returnTicket(call);
  }
}

/** What was paid for an attempt that never began, because a plugin of the user failed before. */
function returnTicket(call: Call): void {
  call.ticket?.giveBack();
  call.ticket = undefined;
}

function endsIdle({ status, response, request }: RequestException): boolean {
  return status === 408 && isIdleTimeout(response?.headers, request);
}

/** While it waits, axios-retry adds a listener to the signal. Node warns above ten listeners, and calls may share a signal. */
function waitOnOwnSignal(config: LiveFailure['config']): void {
  const signal = config.signal as AbortSignal | undefined;
  const origin = signalsOf(config);
  if (!signal || signal !== origin.signal) return;
  const own = new OwnSignal(config.call, origin);
  own.follow(signal);
  config.signal = own.signal;
}
