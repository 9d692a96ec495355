import axios, { type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { callOf } from '../call/call-of';
import { classify } from '../call/classify';
import { toError } from '../util/is-error';
import type { Plugin } from './plugin';

/** Writes down every attempt, and what became of it. Innermost of all, so that it counts what is really dispatched. */
export function journal(): Plugin {
  return {
    name: 'journal',
    ring: 'attempt',
    install(http) {
      http.interceptors.request.use(start, undefined, { synchronous: true });
      http.interceptors.response.use(succeed, fail);
    },
  };
}

function start(config: InternalAxiosRequestConfig): InternalAxiosRequestConfig {
  callOf(config).attemptStarted();
  return config;
}

function succeed(response: AxiosResponse): AxiosResponse {
  response.config.call?.attemptEnded(response.status, 'done');
  return response;
}

function fail(thrown: unknown): never {
  const config = axios.isAxiosError(thrown) ? thrown.config : undefined;
  // What another plugin threw has no config of ours, or that of a call which is over: only whoever knows the call can say what it belongs to.
  // axios-retry, which comes next, stumbles over null and undefined.
  if (!config?.call || config.call.settled) throw (thrown ?? toError(thrown)) as Error;
  const error = classify(thrown);
  config.call.attemptEnded(error.status ?? error.code);
  config.call.lastError = error;
  throw error;
}
