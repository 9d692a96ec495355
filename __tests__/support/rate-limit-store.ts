import type { RateLimitStore, SlotLease, SlotRequest } from '../../src/stores/rate-limit-store';

export interface FakeRateLimitStore extends RateLimitStore {
  /** What it was asked for. */
  readonly requests: SlotRequest[];
  readonly returned: number[];
  /** What it does instead of its work, while that is set. */
  instead: (() => Promise<SlotLease>) | undefined;
  /** It loses its memory. */
  forget(): void;
}

/** The schedule of `RateLimitStore` in memory, by a clock of the test; slots that are given back stay lost. */
export function fakeRateLimitStore(clock: () => number): FakeRateLimitStore {
  let next = -Infinity;
  /** When each asked last. */
  const members = new Map<string, number>();
  const store: FakeRateLimitStore = {
    requests: [],
    returned: [],
    instead: undefined,
    forget: () => {
      next = -Infinity;
      members.clear();
    },
    async lease(_, request) {
      store.requests.push(request);
      if (store.instead !== undefined) return store.instead();
      const now = clock();
      members.delete(request.member);
      const isIdle = next <= now && [...members.values()].every((at) => at < now - 500);
      members.set(request.member, now);
      if (isIdle) next = Math.max(next, now + request.start);
      next = Math.max(next, now + request.earliest);
      const slots: number[] = [];
      for (; slots.length < request.count && next - now <= request.latest; next += request.interval) {
        slots.push(next - now);
      }
      return Promise.resolve({ slots, next: next - now, members: members.size });
    },
    async giveBack(__, slots) {
      store.returned.push(...slots);
      return Promise.resolve();
    },
  };
  return store;
}
