import axios from 'axios';
import { isCallNotPermitted } from '../errors/guards';
import { classify } from '../call/classify';
import { toError } from '../util/is-error';
import type { AttemptPlugin } from './plugin';

/** Records every attempt and its outcome. Innermost, so that it counts only attempts that are dispatched. */
export function journal(): AttemptPlugin {
  return {
    name: 'journal',
    request(_, attempt) {
      attempt.dispatched();
    },
    response({ status }, attempt) {
      attempt?.ended(status, 'done');
    },
    failure(thrown, attempt) {
      const config = axios.isAxiosError(thrown) ? thrown.config : undefined;
      // An error of a user's plugin has no config with a call, or one whose call has ended; only code that knows the call can
      // classify it. axios-retry, which runs next, fails on null and undefined.
      if (!config?.call || config.call.settled) return thrown ?? toError(thrown);
      const error = classify(thrown);
      const isRefused: boolean = isCallNotPermitted(error);
      // The call goes on, or fails by what went before.
      if (isRefused || attempt?.isLost) return error;
      // The time in the exception is that of the whole call: an attempt must not seem to have taken longer.
      const known = config.call.startedAt + error.elapsed * 1000;
      attempt?.ended(error.status ?? error.code, undefined, known);
      config.call.lastError = error;
      return error;
    },
  };
}
