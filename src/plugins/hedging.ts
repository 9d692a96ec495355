import { AxiosHeaders, type AxiosResponse } from 'axios';
import { pay } from '../admission/pay-ticket';
import type { AttemptState } from '../call/attempt-state';
import { attemptOf } from '../call/call-of';
import { OwnSignal, signalsOf } from '../call/own-signal';
import { LOST, Pair } from '../call/pair';
import { cancelledBy } from '../errors/cancelled';
import { configSent, markOwn } from '../lean-axios/limited-axios';
import { isReplayable } from '../request/replayable';
import { resolveHedging, type HedgingOptions, type HedgingSettings } from '../resilience/hedging-options';
import type { RetryBudgetSettings } from '../resilience/retry-budget-options';
import { RetryTicket } from '../resilience/retry-ticket';
import { releaseBody } from '../response/release-body';
import type { AttemptPlugin, HTTP, RequestConfig } from './plugin';

declare module 'axios' {
  interface AxiosRequestConfig {
    /** Sends a second attempt if the first is slow; `false` turns this off. */
    hedging?: HedgingOptions | false | undefined;
  }
}

/** What a second attempt takes from the retry budget: it is one more request. Only one that was not sent gives it back. */
const PRICE = 1;

/** The layer between the retries and the attempt ring. */
export interface Hedging {
  /** Takes part in the attempt ring. */
  readonly plugin: AttemptPlugin;
  /** Gives calls of `http` the outcome of the faster of two attempts. The second goes through `second`. */
  install(http: HTTP, second: HTTP): void;
}

/** Sends a second attempt if the first is slow. */
export function hedging(ofClient: HedgingSettings | false, budget: RetryBudgetSettings | false): Hedging {
  /** What second attempts go through. */
  let second: HTTP | undefined;
  return {
    plugin: {
      name: 'hedging',
      request(config, attempt) {
        if (!ofClient && config.hedging === undefined) return;
        // Ended before it was sent, so it has no line in the journal.
        if (attempt.isLost) throw cancelledBy(LOST, { call: attempt.call, config, sent: 'no' });
        const settings = config.hedging === undefined ? ofClient : resolveHedging(config.hedging);
        if (!settings || !second || !settings.methods.has(attempt.call.method)) return;
        const delay = delayOf(settings, attempt);
        if (delay !== undefined && !attempt.isHedge)
          attempt.ifSlow(setTimeout(addSecond.bind(undefined, config, attempt, second, budget), delay));
      },
      response(_, attempt) {
        if (attempt?.mayLose) {
          attempt.stopHedging();
          (attempt.beside ?? attempt.pair)?.arrived(attempt);
        }
        attempt?.pace?.record(attempt.elapsed * 1000);
      },
      failure(error, attempt) {
        if (attempt?.mayLose) attempt.stopHedging();
        if (attempt?.isLost) attempt.pace?.recordLost(attempt.elapsed * 1000);
        return error;
      },
    },
    install(http, given) {
      second = given;
      http.interceptors.response.use(markOwn(succeed), markOwn(fail));
    },
  };
}

/** Milliseconds after which the attempt is slow; `undefined` while that is not known. */
function delayOf({ delay }: HedgingSettings, attempt: AttemptState): number | undefined {
  if (typeof delay === 'number') return delay * 1000;
  attempt.pace = attempt.origin?.hedgeDelayOf(delay);
  return attempt.pace?.delay();
}

/** Called when the first attempt has turned out to be slow. */
function addSecond(sent: RequestConfig, first: AttemptState, second: HTTP, budget: RetryBudgetSettings | false): void {
  const config = { ...sent, ...first.original };
  if (!mayBeHedged(config, first) || !hasRoom(first)) return;
  const { call, origin } = first;
  const now = performance.now();
  const ticket = origin && budget ? new RetryTicket(origin.key, origin.budgetOf(budget, now), PRICE) : undefined;
  if (ticket && !pay(ticket, call, now, 'hedge')) return;
  const signal = new OwnSignal(call, signalsOf(config));
  signal.follow(config.signal as AbortSignal | undefined);
  const pair = new Pair(first, {
    abandon() {
      signal.abort(LOST);
    },
    notSent() {
      ticket?.giveBack();
    },
    release: releaseBody,
  });
  first.pair = pair;
  call.onSettled(pair.settled.bind(pair));
  pair.race(second.request(copyFor(pair, config, signal.signal)));
}

/** Whether a second attempt would do no harm. */
function mayBeHedged({ signal, data }: RequestConfig, { call, methodChanged }: AttemptState): boolean {
  if (call.settled || signal?.aborted || methodChanged) return false;
  // A service that retries is in trouble already.
  return (call.context?.attempt ?? 1) === 1 && isReplayable(data);
}

/** Whether it could go at once: it must not wait behind what it is to overtake. */
function hasRoom({ origin }: AttemptState): boolean {
  if (!origin) return true;
  const { circuit, gate, concurrency, rateLimit, sends } = origin;
  // A probe, which goes while the circuit is open, is to burden the service with one request.
  if (circuit?.isOpen || gate?.isOpen === false || concurrency?.isFull) return false;
  const now = performance.now();
  return (rateLimit?.nextAt(now) ?? now) <= now && (sends?.backlog(now) ?? 0) <= 0;
}

function copyFor(beside: Pair, config: RequestConfig, signal: AbortSignal): RequestConfig {
  // The first has encoded the body already.
  const transformRequest = [(data: unknown) => data];
  return { ...config, transformRequest, headers: new AxiosHeaders(config.headers), signal, beside };
}

function succeed(response: AxiosResponse, sent?: RequestConfig): AxiosResponse | Promise<AxiosResponse> {
  const config = sent ?? (response as AxiosResponse | undefined)?.config;
  // As nearly always.
  if (config?.attemptState?.pair === undefined) return response;
  return takePair(config)?.succeeded(response) ?? response;
}

function fail(error: unknown, sent?: RequestConfig): Promise<AxiosResponse> {
  const config = configSent(error, sent);
  const attempt = config && attemptOf(config);
  const pair = config && takePair(config);
  if (!pair) throw error;
  return pair.failed(error).then((response) => {
    // The retry has succeeded after all, by its second attempt.
    attempt?.ticket?.giveBack();
    return response;
  });
}

/** Taken away, because a retry begins with the config of this attempt, and may fail before it has a state. */
function takePair(config: RequestConfig): Pair | undefined {
  const attempt = attemptOf(config);
  const pair = attempt?.pair;
  if (attempt && pair) attempt.pair = undefined;
  return pair;
}
