import { Readable } from 'node:stream';
import { classify } from '../call/classify';
import type { CallPlugin } from './plugin';

/** Ends a call and converts every failure to a RequestException. */
export function errorNormaliser(): CallPlugin {
  return {
    name: 'error-normaliser',
    response({ data }, call) {
      if (!call) return;
      if (data instanceof Readable) call.stream = data;
      call.settle();
    },
    failure(thrown, call) {
      const error = classify(thrown);
      error.config?.call?.settle();
      // What an interceptor threw does not name the request.
      call?.settle();
      return error;
    },
  };
}
