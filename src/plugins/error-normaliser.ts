import { Readable } from 'node:stream';
import { classify } from '../call/classify';
import type { CallPlugin } from './plugin';

/** Ends a call: every failure leaves as an exception. */
export function errorNormaliser(): CallPlugin {
  return {
    name: 'error-normaliser',
    response({ config: { call }, data }) {
      if (!call) return;
      if (data instanceof Readable) call.stream = data;
      call.settle();
    },
    failure(thrown) {
      const error = classify(thrown);
      error.config?.call?.settle();
      return error;
    },
  };
}
