import type { AxiosRequestConfig, InternalAxiosRequestConfig } from 'axios';
import { AttemptState, isAttemptState } from './attempt-state';
import { Call } from './call';
import type { Pair } from './pair';

declare module 'axios' {
  interface AxiosRequestConfig {
    /** The state of the call, shared by its attempts. Set by the client. */
    call?: Call;
    /** The state of the current attempt. Set by the client. */
    attemptState?: AttemptState;
    /** The two attempts of which this is the second. Set by the client. */
    beside?: Pair | undefined;
    /** Time limit for the whole call, in seconds. */
    deadline?: number;
  }
}

/**
 * The call that a config belongs to; created if an interceptor or a plugin made the config.
 * A config that is sent again after its call ended (axios-auth-refresh does that) starts a new call.
 */
export function callOf(config: AxiosRequestConfig): Call {
  const { call } = config;
  if (call instanceof Call && !call.settled) return call;
  const { method = 'get', url = '', deadline } = config;
  const next = (config.call = new Call(method.toUpperCase(), url, deadline, call, call?.client));
  // Unless the interceptor sends another request.
  if (call?.template !== undefined && call.target?.path === url) next.template = call.template;
  return next;
}

/** Starts the next attempt for a config. */
export function nextAttempt(config: InternalAxiosRequestConfig): AttemptState {
  const call = callOf(config);
  // A plugin may have rebuilt the config of a retry.
  const known: unknown = config.attemptState ?? call.lastAttempt ?? call.previous?.lastAttempt;
  const previous = isAttemptState(known) ? known : undefined;
  previous?.removeHeaders(config.headers);
  const attempt = (call.lastAttempt = config.attemptState = new AttemptState(call, previous));
  if (config.beside) joinPair(config.beside, attempt, config);
  return attempt;
}

function joinPair(pair: Pair, attempt: AttemptState, config: InternalAxiosRequestConfig): void {
  attempt.beside = pair;
  attempt.mayLose = true;
  // A retry of this attempt is not the second of two.
  config.beside = undefined;
  pair.join(attempt);
}

/** The attempt of the config's call; `undefined` until it starts, when the config may still have an older one. */
export function attemptOf({ attemptState, call }: AxiosRequestConfig): AttemptState | undefined {
  return attemptState instanceof AttemptState && attemptState.call === call ? attemptState : undefined;
}
