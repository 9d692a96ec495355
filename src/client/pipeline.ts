import type { Config } from './options/config';
import type { Plugin } from '../plugins/plugin';
import { attemptRing, callRing } from './rings';
import type { TokenSource } from '../tokens/sources/token-source';
import { ignoreRejection } from '../util/promises';
import { checkpointsFor } from '../admission/checkpoints';
import { sendAtRate } from '../admission/send-at-rate';
import { admission } from '../plugins/admission';
import { attemptClock } from '../plugins/attempt-clock';
import { attemptHeaders } from '../plugins/attempt-headers';
import { bearerToken } from '../plugins/bearer-token';
import { cancellation } from '../plugins/cancellation';
import { errorNormaliser } from '../plugins/error-normaliser';
import { events } from '../plugins/events';
import { hedging, type Hedging } from '../plugins/hedging';
import { idempotencyKey } from '../plugins/idempotency-key';
import { journal } from '../plugins/journal';
import { requestContext } from '../plugins/request-context';
import { requestNormaliser } from '../plugins/request-normaliser';
import { retry, type Retry } from '../plugins/retry';

type AddClock = Parameters<typeof attemptClock>[0];

/** Everything that takes part in a call, outermost first: downwards for the request, upwards for its outcome. */
export interface Pipeline {
  /** Once per call. */
  readonly call: readonly Plugin[];
  /** Between the two. */
  readonly retry: Retry;
  /** Inside the retries: each has a second attempt if it is slow. */
  readonly hedging: Hedging;
  /** Once per attempt. */
  readonly attempt: readonly Plugin[];
}

export function pipeline(config: Config, plugins: readonly Plugin[], addClock: AddClock): Pipeline {
  const context = config.requestContext;
  const { resilience } = config;
  const hedged = hedging(resilience.hedging, config.retry.budget);
  return {
    call: [
      callRing(
        // Outermost, so that all failures pass through it.
        errorNormaliser(config.identity),
        // Early, so that no work is done for a request that cannot be sent.
        requestNormaliser(),
        // Before cancellation, which follows the context's signal.
        ...(context ? [requestContext()] : []),
        // After the context, which its message shows.
        events(config.identity),
        cancellation(),
        idempotencyKey(),
      ),
      ...plugins.filter(({ ring }) => ring === 'call'),
    ],
    retry: retry(config.retry, config.retryAttempts),
    hedging: hedged,
    attempt: [
      ...plugins.filter(({ ring }) => ring === 'attempt'),
      attemptRing(
        // After the user's plugins, which may change where the request goes, and before a token is fetched for it.
        admission({
          ...resilience,
          checkpoints: checkpointsFor({
            ...resilience,
            maxRetryAfter: config.retry.maxRetryAfter,
            identity: identityOf(config.tokenSource),
            budget: config.retry.budget,
          }),
        }),
        bearerToken({ source: config.tokenSource, hosts: config.tokenHosts }),
        // After all that may make an attempt late for its turn.
        ...(resilience.rateLimit ? [sendAtRate(resilience.rateLimit)] : []),
        // After the token, which may have used some of the remaining time.
        ...(context ? [attemptHeaders(context)] : []),
        // When it is sent, the time begins after which it is slow.
        hedged.plugin,
        // Before the journal: an attempt without remaining time is not sent.
        attemptClock(addClock),
        // Innermost, so that it sees what is really sent, and the other plugins see its exceptions.
        journal(),
      ),
    ],
  };
}

/** Whose token a call sends, as the limits of a service depend on it. */
function identityOf(source: TokenSource | undefined): ((url: string) => string | undefined) | undefined {
  if (!source?.user) return undefined;
  return (url) => {
    try {
      const user: unknown = source.user?.({ url });
      ignoreRejection(user);
      return typeof user === 'string' ? user : undefined;
    } catch {
      // The call will fail for its token, if it needs that.
      return undefined;
    }
  };
}
