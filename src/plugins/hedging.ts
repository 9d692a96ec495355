import { AxiosHeaders, type AxiosResponse } from 'axios';
import { AttemptState } from '../call/attempt-state';
import { attemptOf } from '../call/call-of';
import { OwnSignal, signalsOf } from '../call/own-signal';
import { Pair } from '../call/pair';
import { markOwn } from '../lean-axios/limited-axios';
import { isReplayable } from '../request/replayable';
import { resolveHedging, type HedgingOptions, type HedgingSettings } from '../resilience/hedging-options';
import { releaseBody } from '../wire/release-body';
import type { AttemptPlugin, HTTP, RequestConfig } from './plugin';

declare module 'axios' {
  interface AxiosRequestConfig<D, P> {
    /** Makes a second attempt beside one that is slow; `false` does not. */
    hedging?: HedgingOptions | false | undefined;
    /** The attempt beside which this one is made. Set by the client. */
    beside?: AttemptState;
  }
}

/** What a second attempt takes from the retry budget: it is one more request. It is not given back, as nothing has failed. */
const PRICE = 1;

const LOST = new Error('the other of two attempts was faster');

/** The layer between the retries and the attempt ring. */
export interface Hedging {
  /** Takes part in the attempt ring. */
  readonly plugin: AttemptPlugin;
  /** Gives calls of `http` the outcome of the faster of two attempts. The second goes through `second`. */
  install(http: HTTP, second: HTTP): void;
}

/** Makes a second attempt where the first is slow. A call fails as the attempt does that fails last. */
export function hedging(ofClient: HedgingSettings | false): Hedging {
  let another: HTTP | undefined;
  return {
    plugin: {
      name: 'hedging',
      request(config, attempt) {
        if (!ofClient && config.hedging === undefined) return;
        attempt.isHedge = config.beside !== undefined && config.beside === attempt.previous;
        const settings = config.hedging === undefined ? ofClient : resolveHedging(config.hedging);
        if (!settings || !another || !settings.methods.has(attempt.call.method)) return;
        attempt.pace = attempt.origin?.hedgeDelayOf(settings);
        if (mayBeHedged(config, attempt)) start(config, attempt, another);
      },
      response(_, attempt) {
        attempt?.pace?.record(attempt.elapsed * 1000);
      },
      failure(error, attempt) {
        if (attempt?.isLost) attempt.pace?.recordLost(attempt.elapsed * 1000);
        return error;
      },
    },
    install(http, second) {
      another = second;
      http.interceptors.response.use(markOwn(succeed), markOwn(fail));
    },
  };
}

/** Whether a second attempt may be made beside this one. */
function mayBeHedged(config: RequestConfig, { call, isHedge, isProbe }: AttemptState): boolean {
  // A probe is to burden the service with one request, and a service that retries is in trouble already.
  return !isHedge && !isProbe && (call.context?.attempt ?? 1) === 1 && isReplayable(config.data);
}

function start(config: RequestConfig, attempt: AttemptState, second: HTTP): void {
  const delay = attempt.pace?.delay();
  if (delay === undefined) return;
  const given = config.signal as AbortSignal | undefined;
  const origin = signalsOf(config);
  const signalOfLeg = (): OwnSignal => {
    const own = new OwnSignal(attempt.call, origin);
    own.follow(given);
    return own;
  };
  const signal = signalOfLeg();
  config.signal = signal.signal;
  const pair = new Pair({
    lose: () => {
      attempt.lost();
      signal.abort(LOST);
    },
  });
  attempt.pair = pair;
  pair.start(delay, () => {
    if (mayBeMade(attempt)) sendSecond(config, attempt, signalOfLeg(), second);
  });
}

/** Asked when the first attempt has turned out to be slow. */
function mayBeMade({ call, origin }: AttemptState): boolean {
  if (call.settled || origin?.circuit?.isOpen) return false;
  return origin?.budget?.take(PRICE, performance.now()) !== false;
}

function sendSecond(config: RequestConfig, first: AttemptState, signal: OwnSignal, second: HTTP): void {
  const request = {
    ...config,
    // The first has encoded the body already.
    transformRequest: [(data: unknown) => data],
    headers: new AxiosHeaders(config.headers),
    signal: signal.signal,
    beside: first,
  };
  const lose = (): void => {
    const { lastAttempt } = first.call;
    if (lastAttempt instanceof AttemptState && lastAttempt.isHedge) lastAttempt.lost();
    signal.abort(LOST);
  };
  first.pair?.race({ lose }, second.request(request));
}

function succeed(response: AxiosResponse, sent?: RequestConfig): AxiosResponse {
  const pair = sent?.attemptState?.pair;
  if (!pair) return response;
  try {
    const result = pair.succeeded(response);
    if (result !== response) releaseBody(response);
    return result;
  } catch (error) {
    releaseBody(response);
    throw error;
  }
}

function fail(error: unknown, sent?: RequestConfig): Promise<AxiosResponse> {
  const pair = sent && attemptOf(sent)?.pair;
  if (pair) return pair.failed(error);
  throw error;
}
