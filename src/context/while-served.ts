import { cancelledBy } from '../errors/cancelled';
import { createException } from '../errors/create';
import { LONGEST_TIMER } from '../util/longest-timer';
import { follow } from '../util/abort';
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
  let timer: NodeJS.Timeout | undefined;
  let unfollow: (() => void) | undefined;
  const end = new Promise<never>((_, reject) => {
    if (deadline !== undefined) {
      const detail = `the time of the request that is being served was over before ${what} came`;
      const expire = (): void => {
        reject(createException('DEADLINE_EXCEEDED', { sent: 'no', detail }));
      };
      timer = setTimeout(expire, Math.min(Math.max(0, deadline - performance.now()), LONGEST_TIMER));
    }
    if (signal) {
      unfollow = follow(signal, (reason) => {
        reject(cancelledBy(reason, { sent: 'no' }));
      });
    }
  });
  try {
    return await Promise.race([work, end]);
  } finally {
    clearTimeout(timer);
    unfollow?.();
  }
}
