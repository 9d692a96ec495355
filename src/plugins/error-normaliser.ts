import { Readable } from 'node:stream';
import type { AxiosResponse } from 'axios';
import { classify } from '../call/classify';
import type { Plugin } from './plugin';

/** Ends a call: every failure leaves as an exception. */
export function errorNormaliser(): Plugin {
  return {
    name: 'error-normaliser',
    ring: 'call',
    install(http) {
      http.interceptors.response.use(succeed, fail);
    },
  };
}

function succeed(response: AxiosResponse): AxiosResponse {
  const { call } = response.config;
  if (call && response.data instanceof Readable) call.stream = response.data;
  call?.settle();
  return response;
}

function fail(thrown: unknown): never {
  const error = classify(thrown);
  error.config?.call?.settle();
  throw error;
}
