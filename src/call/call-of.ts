import type { AxiosRequestConfig, InternalAxiosRequestConfig } from 'axios';
import { AttemptState } from './attempt-state';
import { Call } from './call';

declare module 'axios' {
  interface AxiosRequestConfig<D, P> {
    /** What the call remembers across its attempts. Set by the client. */
    call?: Call;
    /** What the current attempt remembers. Set by the client. */
    attempt?: AttemptState;
    /** Seconds that the whole call may take. */
    deadline?: number;
  }
}

/**
 * The call that a config belongs to; begun here if an interceptor or a plugin made the config.
 * A config that is sent again after its call was over (axios-auth-refresh does that) begins a new one.
 */
export function callOf(config: AxiosRequestConfig): Call {
  const { call } = config;
  if (call instanceof Call && !call.settled) return call;
  const { method = 'get', url = '', deadline } = config;
  return (config.call = new Call(method.toUpperCase(), url, deadline, call));
}

/** Begins the next attempt that a config makes. */
export function nextAttempt(config: InternalAxiosRequestConfig): AttemptState {
  const { attempt } = config;
  const previous = attempt instanceof AttemptState ? attempt : undefined;
  previous?.removeHeaders(config.headers);
  return (config.attempt = new AttemptState(callOf(config), previous));
}
