import type { AttemptState } from '../call/attempt-state';
import { waitInCall } from '../call/wait-in-call';
import { Slot, type Concurrency } from '../resilience/concurrency';
import type { ConcurrencySettings } from '../resilience/concurrency-options';
import type { Checkpoint, RequestConfig } from './checkpoint';
import type { Ending } from './ending';
import { refusal } from './refusal';

/** Lets as many attempts through at the same time as `concurrency` says. */
export class SlotCheckpoint implements Checkpoint {
  constructor(private readonly settings: ConcurrencySettings) {}

  enter(attempt: AttemptState, config: RequestConfig): Promise<void> | undefined {
    const slots = attempt.origin?.concurrencyOf(this.settings);
    const slot = (attempt.slot = new Slot());
    const state = slots?.acquire(slot);
    if (slots && state === 'refused') throw refusalBy(slots, attempt, config);
    if (state !== 'waiting') return undefined;
    return waitInCall({ config, call: attempt.call, for: 'a free slot' }, (go) => {
      slot.grant = go;
      return () => undefined;
    });
  }

  /** A stream holds its slot until it is closed. */
  leave(attempt: AttemptState, { stream }: Ending): void {
    if (stream && !stream.closed) {
      stream.once('close', () => {
        this.stepBack(attempt);
      });
    } else this.stepBack(attempt);
  }

  stepBack(attempt: AttemptState): void {
    if (attempt.slot) attempt.origin?.concurrencyOf(this.settings).release(attempt.slot);
  }
}

/** With the numbers that apply: another client that shares the origin may have set them. */
function refusalBy({ active, waiting }: Concurrency, attempt: AttemptState, config: RequestConfig): Error {
  const detail = `\`concurrency\` allows no more calls to {origin}: ${active} under way, ${waiting} waiting`;
  return refusal('QUEUE_FULL', attempt, config, detail);
}
