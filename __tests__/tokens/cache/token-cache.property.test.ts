import fc from 'fast-check';
import { TokenCache } from '../../../src/tokens/cache/token-cache';
import type { FetchedToken } from '../../../src/tokens/cache/held-token';
import { isPromise } from '../../../src/util/promises';
import type { AccessToken } from '../../../src/tokens/sources/token-source';
import { judgeModel, refused } from '../../support/cache-scene';
import { RUNS } from '../../support/runs';
import { turns, virtualClock } from '../../support/virtual-clock';

const KEYS = ['a', 'b', 'c'];
const down = new Error('down');
/** Seconds; one token has ended when it comes. */
const LIVES = [-5, 1, 4, 60, 3600];

type Step =
  | { readonly kind: 'call'; readonly key: string; readonly leaves: boolean }
  | { readonly kind: 'answer'; readonly life: number }
  | { readonly kind: 'fail'; readonly failure: Error }
  | { readonly kind: 'reject'; readonly key: string }
  | { readonly kind: 'pass'; readonly milliseconds: number }
  | { readonly kind: 'jump'; readonly milliseconds: number };

const key = fc.constantFrom(...KEYS);
const calls = fc.record({ kind: fc.constant('call' as const), key, leaves: fc.boolean() });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: calls },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('answer' as const), life: fc.constantFrom(...LIVES) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fail' as const), failure: fc.constantFrom(down, refused) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('reject' as const), key }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      milliseconds: fc.constantFrom(1, 90, 500, 900, 3300, 12_000, 31_000, 2_900_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('jump' as const),
      milliseconds: fc.constantFrom(-3_600_000, -4000, 1000, 4000, 86_400_000),
    }),
  },
);

/** What a run must never show. */
class Run {
  readonly clock = virtualClock();
  readonly pending: { readonly key: string; readonly settle: (outcome: FetchedToken | Error) => void }[] = [];
  /** Of each token that was issued, for which key, and when it ends on either clock. */
  readonly issued = new Map<string, { readonly key: string; readonly wall: number; readonly monotonic: number }>();
  readonly rejected = new Set<string>();
  readonly last = new Map<string, string>();
  readonly faults: string[] = [];
  unsettled = 0;

  readonly cache: TokenCache<string>;

  constructor(random: () => number) {
    this.cache = new TokenCache<string>({
      source: 'tokenService',
      keyOf: (query) => query,
      fetch: (query) => async () => this.fetch(query),
      judge: judgeModel,
      clock: this.clock,
      random,
      maxTokens: 2,
    });
  }

  async fetch(query: string): Promise<FetchedToken> {
    if (this.pending.some((one) => one.key === query)) this.faults.push(`two fetches for ${query}`);
    return new Promise((resolve, reject) => {
      const settle = (outcome: FetchedToken | Error): void => {
        if (outcome instanceof Error) reject(outcome);
        else resolve(outcome);
      };
      this.pending.push({ key: query, settle });
    });
  }

  async play(one: Step): Promise<void> {
    if (one.kind === 'call') this.call(one.key, one.leaves);
    else if (one.kind === 'pass') await this.clock.pass(one.milliseconds);
    else if (one.kind === 'jump') this.clock.jump(one.milliseconds);
    else if (one.kind === 'answer') this.issue(one.life);
    else if (one.kind === 'fail') this.pending.shift()?.settle(one.failure);
    else this.reject(one.key);
    await turns();
  }

  call(query: string, leaves: boolean): void {
    const answer = this.cache.get(query);
    if (!isPromise(answer)) {
      this.receive(query, answer);
      return;
    }
    this.unsettled++;
    const end = (): void => {
      this.unsettled--;
    };
    answer.then((token) => {
      // A caller who has left looks at nothing any more.
      if (!leaves) this.receive(query, token);
      end();
    }, end);
  }

  receive(query: string, { token }: AccessToken): void {
    const known = this.issued.get(token);
    if (known?.key !== query) this.faults.push(`${token} of another key for ${query}`);
    if (!known || this.clock.now() >= known.wall) this.faults.push(`${token} had ended by the wall clock`);
    if (!known || this.clock.monotonic() >= known.monotonic) this.faults.push(`${token} had lived its life`);
    if (this.rejected.has(token)) this.faults.push(`${token} had been rejected`);
    this.last.set(query, token);
  }

  issue(life: number): void {
    const fetch = this.pending.shift();
    if (!fetch) return;
    const token = `token-${this.issued.size + 1}`;
    const wall = this.clock.now() + life * 1000;
    this.issued.set(token, { key: fetch.key, wall, monotonic: this.clock.monotonic() + life * 1000 });
    fetch.settle({ token, expiresAt: wall });
  }

  reject(query: string): void {
    const token = this.last.get(query);
    if (token === undefined) return;
    this.rejected.add(token);
    this.cache.invalidate(token);
  }

  /** The issuer answers whatever is still open, and time goes on: nobody may be left waiting. */
  async finish(): Promise<void> {
    for (let count = 0; count < 20 && (this.unsettled > 0 || this.pending.length > 0); count++) {
      while (this.pending.length > 0) this.issue(60);
      await this.clock.pass(1000);
      await turns();
    }
    if (this.unsettled > 0) this.faults.push(`${this.unsettled} callers left waiting`);
    if (this.clock.timers > 0) this.faults.push(`${this.clock.timers} timers left behind`);
  }
}

test('random interleavings never show a second fetch, an ended, rejected or foreign token, or a caller left waiting', async () => {
  const counts = { calls: 0, issued: 0, rejected: 0 };
  const property = fc.asyncProperty(
    fc.array(step, { minLength: 5, maxLength: 40, size: 'max' }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    async (steps, lot) => {
      const run = new Run(() => lot);
      for (const one of steps) await run.play(one);
      await run.finish();
      counts.calls += steps.filter(({ kind }) => kind === 'call').length;
      counts.issued += run.issued.size;
      counts.rejected += run.rejected.size;
      expect(run.faults).toEqual([]);
    },
  );

  await fc.assert(property, { numRuns: RUNS });

  // Of every kind there was enough to mean something.
  expect(counts.calls).toBeGreaterThan(5 * RUNS);
  expect(counts.issued).toBeGreaterThan(2 * RUNS);
  expect(counts.rejected).toBeGreaterThan(RUNS / 4);
});
