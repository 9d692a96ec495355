import type { AxiosRequestConfig, InternalAxiosRequestConfig } from 'axios';
import { AttemptState } from './attempt-state';
import { Call } from './call';

declare module 'axios' {
  interface AxiosRequestConfig<D, P> {
    /** The state of the call, shared by its attempts. Set by the client. */
    call?: Call;
    /** The state of the current attempt. Set by the client. */
    attempt?: AttemptState;
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
  return (config.call = new Call(method.toUpperCase(), url, deadline, call));
}

/** Starts the next attempt for a config. */
export function nextAttempt(config: InternalAxiosRequestConfig): AttemptState {
  const { attempt } = config;
  const previous = attempt instanceof AttemptState ? attempt : undefined;
  previous?.removeHeaders(config.headers);
  return (config.attempt = new AttemptState(callOf(config), previous));
}
