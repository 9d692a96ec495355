import type { TokenClock } from '../../src/tokens/cache/token-clock';

/** Time that passes when a test says so. All in milliseconds. */
export interface VirtualClock extends TokenClock {
  /** Both clocks go on; what is due meanwhile runs when it is due. */
  pass(milliseconds: number): Promise<void>;
  /** The wall clock alone is moved, as by its owner, or by a machine that slept. */
  jump(milliseconds: number): void;
  /** What somebody waits for. */
  readonly timers: number;
}

/** Lets everything happen that waits for nothing but its turn. */
export async function turns(): Promise<void> {
  await new Promise(setImmediate);
}

export function virtualClock(): VirtualClock {
  const timers = new Set<{ readonly at: number; readonly run: () => void }>();
  let wall = Date.UTC(2026, 0, 1);
  let elapsed = 0;
  return {
    now: () => wall,
    monotonic: () => elapsed,
    after(delay, run) {
      const timer = { at: elapsed + delay, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async pass(milliseconds) {
      const end = elapsed + milliseconds;
      await turns();
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        const until = Math.max(elapsed, next?.at ?? end);
        wall += until - elapsed;
        elapsed = until;
        if (!next) return;
        timers.delete(next);
        next.run();
        await turns();
      }
    },
    jump(milliseconds) {
      wall += milliseconds;
    },
    get timers() {
      return timers.size;
    },
  };
}
