import type { InternalAxiosRequestConfig } from 'axios';
import { InboundContext, type RequestContext } from '../context/inbound-context';
import { currentContext } from '../context/run-in-context';
import { cancelledBy } from '../errors/cancelled';
import { isRequestException } from '../errors/guards';
import type { Limit } from '../lean-axios/limited-axios';
import { releaseBody } from '../response/release-body';
import type { LazySignal } from '../util/lazy-signal';
import { raceWith } from '../util/race-with';
import { Call } from './call';
import { callOf } from './call-of';
import { deadlineExceeded, type Expiry, type FactsOfCall } from './clock';
import { followToken } from './own-signal';
import { whileCallLasts } from './while-call-lasts';

type RequestConfig = InternalAxiosRequestConfig;

/**
 * Makes a call end in time while it waits for an interceptor or a plugin, whose promise is then left alone.
 *
 * The call fails with DeadlineExceeded at its deadline, and with RequestCancelled when it is cancelled.
 *
 * @param joinsContext whether the deadline and the signal of the request context count
 */
export function interceptorLimit(joinsContext: boolean): Limit {
  return (waiting, config, outcome) => {
    // After the response, the call may have ended; before it, the config may still have an older call.
    const call = outcome !== undefined && config.call instanceof Call ? config.call : callOf(config);
    const context = joinsContext ? currentContext() : undefined;
    if (context?.deadline !== undefined) call.endBy(context.deadline);
    const signals = endingSignals(config, context);
    const { cancelToken } = config;
    if (call.limit === Infinity && signals.length === 0 && !cancelToken) return waiting;
    const facts: FactsOfCall =
      outcome === undefined
        ? { call, config, sent: call.lastError?.sent ?? 'no', phase: 'connect' }
        : { call, config, sent: 'yes', phase: 'body' };
    const work = waiting.catch((thrown: unknown) => {
      const reason: unknown = signals.find(({ aborted }) => aborted)?.reason ?? cancelToken?.reason;
      throw reason === undefined || isFailureOf(thrown, call) ? thrown : cancelledBy(reason, facts);
    });
    return raceWith(work, (_, reject) => {
      const end = (error: Error): void => {
        // Nobody will read the stream of a response that the caller does not get.
        releaseBody(outcome as { readonly data?: unknown } | undefined);
        reject(error);
      };
      const expired = ({ limit }: Expiry): Error =>
        deadlineExceeded(facts, `an interceptor or a plugin took longer than the deadline of ${limit} s`);
      const stop = whileCallLasts(facts, { signals, expired }, end);
      const unfollow =
        cancelToken &&
        followToken(cancelToken, (reason) => {
          end(cancelledBy(reason, facts));
        });
      return () => {
        stop();
        unfollow?.();
      };
    });
  };
}

function endingSignals({ signal }: RequestConfig, context: RequestContext | undefined): (AbortSignal | LazySignal)[] {
  const inbound = context && InboundContext.cancellationOf(context);
  // What interceptors of `client.axios` see is not checked yet.
  const given = typeof signal?.addEventListener === 'function' ? (signal as AbortSignal) : undefined;
  return [given, inbound].filter((one) => one !== undefined);
}

/** Whether it already says how this call failed. */
function isFailureOf(thrown: unknown, call: Call): boolean {
  return isRequestException(thrown) && thrown.config?.call?.root === call.root;
}
