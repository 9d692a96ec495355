import { kindOf } from '../checks/kind-of';
import { checkFunction } from '../checks/wrong-option';
import type { RequestException } from '../errors/exceptions';
import type { CallFacts } from '../journal/attempt';
import { isPromise } from '../util/promises';
import { warnOf } from '../util/warn-of';

/** The second argument of `when`. */
export interface RetryOutlook {
  /** Number of the attempt that failed. */
  readonly attempt: number;
  /** Retries that are left. */
  readonly retriesLeft: number;
  /** Seconds until the deadline; `Infinity` without one. */
  readonly remaining: number;
  /** Whether another attempt is made if `when` does not object. */
  readonly planned: boolean;
}

/** The argument of `onRetry`. */
export interface RetryNotice {
  /** Why another attempt is made. */
  readonly error: RequestException;
  /** Number of the attempt that failed. */
  readonly attempt: number;
  /** Seconds until the next attempt. */
  readonly wait: number;
  /** Method, URL and journal of the call. */
  readonly call: CallFacts;
}

/** Functions of the caller that take part in retries. */
export interface RetryHooks {
  /**
   * Decides about another attempt after the rules have: `false` refuses it, `true` also allows one after a response that the
   * rules do not retry (a 409, a POST that `unsafeMethods` forbids), `undefined` leaves it to them. It is called only if its
   * result matters. It cannot allow more than `retryAttempts`, a body that cannot be sent again, a wait beyond the deadline, or
   * an attempt of a cancelled call.
   *
   * @default the rules decide
   */
  readonly when?: ((error: RequestException, state: RetryOutlook) => boolean | undefined) | undefined;
  /**
   * Called before the wait for each further attempt, replays included. The attempt may still be refused after the wait, if the
   * retry budget is used up by then, or the circuit is open.
   *
   * @default nothing is called
   */
  readonly onRetry?: ((retry: RetryNotice) => unknown) | undefined;
}

export const RETRY_HOOKS = ['when', 'onRetry'] as const satisfies readonly (keyof RetryHooks)[];

/** @throws TypeError if a hook is not a function */
export function checkHooks(hooks: RetryHooks): void {
  for (const name of RETRY_HOOKS) {
    const hook: unknown = hooks[name];
    if (hook !== undefined) checkFunction(`retry.${name}`, hook);
  }
}

/** What `when` says; `undefined` if there is none, it throws, or says neither yes nor no. */
export function askWhen({ when }: RetryHooks, error: RequestException, state: RetryOutlook): boolean | undefined {
  const answer: unknown = guarded('when', () => when?.(error, state));
  if (typeof answer === 'boolean' || answer === undefined) return answer;
  warn('when', new TypeError(`it must return true, false or undefined, got ${kindOf(answer)}`));
  return undefined;
}

/** Calls `onRetry`. A failure of it changes nothing about the call. */
export function tellOfRetry({ onRetry }: RetryHooks, retry: RetryNotice): void {
  guarded('onRetry', () => onRetry?.(retry));
}

function guarded(name: keyof RetryHooks, hook: () => unknown): unknown {
  try {
    const result = hook();
    if (isPromise(result)) {
      result.then(undefined, (reason: unknown) => {
        warn(name, reason);
      });
    }
    return result;
  } catch (thrown) {
    warn(name, thrown);
    return undefined;
  }
}

function warn(name: keyof RetryHooks, reason: unknown): void {
  warnOf(`retry.${name} failed`, reason, 'HDMS_RETRY_HOOK');
}
