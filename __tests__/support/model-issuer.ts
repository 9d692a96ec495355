import type { FetchedToken } from '../../src/tokens/cache/held-token';
import type { TokenClock } from '../../src/tokens/cache/token-clock';

/** An issuer that is a function, for tests of the cache alone: it answers at once, or when it is told to. */
export interface ModelIssuer {
  /** Seconds that its tokens live; `undefined` for tokens that do not say. */
  life: number | undefined;
  /** What it fails with. */
  failure: Error | undefined;
  /** Whether it keeps the answers back until `answer()`. */
  isSlow: boolean;
  /** One for each request: whether calls waited for it. */
  readonly requests: boolean[];
  readonly fetch: (isUrgent: boolean) => Promise<FetchedToken>;
  answer(): void;
}

/** Issues `token-1`, `token-2` and so on. */
export function modelIssuer(clock: TokenClock, life: number | undefined): ModelIssuer {
  const waiting: (() => void)[] = [];
  const self: ModelIssuer = {
    life,
    failure: undefined,
    isSlow: false,
    requests: [],
    async fetch(isUrgent) {
      const number = self.requests.push(isUrgent);
      if (self.isSlow) await new Promise<void>((resolve) => waiting.push(resolve));
      if (self.failure) throw self.failure;
      const expiresAt = self.life === undefined ? undefined : clock.now() + self.life * 1000;
      return { token: `token-${number}`, expiresAt };
    },
    answer() {
      for (const resolve of waiting.splice(0)) resolve();
    },
  };
  return self;
}
