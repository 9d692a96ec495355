import { cancelledBy } from '../errors/cancelled';
import { createException } from '../errors/create';
import { LONGEST_TIMER } from '../util/longest-timer';
import { follow } from '../util/abort';
import { raceWith } from '../util/race-with';
import { currentContext } from './run-in-context';

/**
 * Waits for `work` as long as the caller of the request that is being served waits. For work that is shared by many
 * requests and goes on without this one.
 *
 * @param what names the work in error messages
 * @throws DeadlineExceeded or RequestCancelled if the request ends first; otherwise what `work` rejects with
 */
export async function whileServed<T>(work: Promise<T>, what: string): Promise<T> {
  const { deadline, signal } = currentContext() ?? {};
  if (deadline === undefined && signal === undefined) return work;
  return raceWith(work, (_, reject) => {
    const expire = (): void => {
      const detail = `the deadline of the inbound request passed before ${what} arrived`;
      reject(createException('DEADLINE_EXCEEDED', { sent: 'no', detail }));
    };
    const timer = deadline === undefined ? undefined : setTimeout(expire, delayUntil(deadline));
    const unfollow =
      signal &&
      follow(signal, (reason) => {
        reject(cancelledBy(reason, { sent: 'no' }));
      });
    return () => {
      clearTimeout(timer);
      unfollow?.();
    };
  });
}

/** Milliseconds until `instant`, at most what a timer can wait. */
function delayUntil(instant: number): number {
  return Math.min(Math.max(0, instant - performance.now()), LONGEST_TIMER);
}
