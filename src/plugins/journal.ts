import axios from 'axios';
import { classify } from '../call/classify';
import { toError } from '../util/is-error';
import type { AttemptPlugin } from './plugin';

/** Writes down every attempt, and what became of it. Innermost of all, so that it counts what is really dispatched. */
export function journal(): AttemptPlugin {
  return {
    name: 'journal',
    request(_, attempt) {
      attempt.dispatched();
    },
    response({ config: { attempt }, status }) {
      attempt?.ended(status, 'done');
    },
    failure(thrown) {
      const config = axios.isAxiosError(thrown) ? thrown.config : undefined;
      // What a user's plugin threw has no config of ours, or that of a call which is over: only who knows the call can say
      // what it belongs to. axios-retry, which comes next, stumbles over null and undefined.
      if (!config?.call || config.call.settled) return thrown ?? toError(thrown);
      const error = classify(thrown);
      config.attempt?.ended(error.status ?? error.code);
      return error;
    },
  };
}
