import { cancelledBy } from '../errors/cancelled';
import { createException } from '../errors/create';
import { LONGEST_TIMER } from '../util/longest-timer';
import { follow } from '../util/abort';
import { raceWith } from '../util/race-with';
import { currentContext } from './run-in-context';

/**
 * What `work` comes to, for as long as the caller of the request that is being served waits for it. For work that serves many
 * requests, and goes on without this one.
 *
 * @param what is waited for, in the words of a message
 * @throws DeadlineExceeded or RequestCancelled if the request ends first
 */
export async function whileServed<T>(work: Promise<T>, what: string): Promise<T> {
  const { deadline, signal } = currentContext() ?? {};
  if (deadline === undefined && signal === undefined) return work;
  return raceWith(work, (_, reject) => {
    const expire = (): void => {
      const detail = `the time of the request that is being served was over before ${what} came`;
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

/** Milliseconds. */
function delayUntil(instant: number): number {
  return Math.min(Math.max(0, instant - performance.now()), LONGEST_TIMER);
}
