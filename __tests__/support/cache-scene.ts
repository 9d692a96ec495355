import type { Verdict } from '../../src/tokens/cache/issuer-gate';
import { isPromise } from '../../src/util/promises';
import { TokenCache, type TokenCacheOptions } from '../../src/tokens/cache/token-cache';
import { modelIssuer, type ModelIssuer } from './model-issuer';
import { virtualClock, type VirtualClock } from './virtual-clock';

/** What the model issuer refuses one token with; for half a minute. Other failures of it concern all tokens. */
export const refused = new Error('invalid_client');

export function judgeModel(failure: unknown): Verdict {
  if (failure === refused) return { issuer: 'up', repeatsFor: 30_000 };
  return { issuer: 'down', repeatsFor: 0 };
}

/** A cache whose queries are its keys, and all that happens to it. */
export interface CacheScene {
  readonly clock: VirtualClock;
  readonly issuer: ModelIssuer;
  readonly cache: TokenCache<string>;
  /** What a caller gets: a token at once, or a promise of one. */
  readonly ask: (key?: string) => string | Promise<string>;
}

export type SceneOptions = Partial<TokenCacheOptions<string>> & { readonly clock?: VirtualClock };

/** @param life seconds that a token lives */
export function cacheScene(life: number | undefined, options: SceneOptions = {}): CacheScene {
  const { clock = virtualClock() } = options;
  const issuer = modelIssuer(clock, life);
  const cache = new TokenCache<string>({
    source: 'tokenService',
    keyOf: (key) => key,
    fetch: () => async (isUrgent) => issuer.fetch(isUrgent),
    random: () => 0.5,
    judge: judgeModel,
    ...options,
    clock,
  });
  return {
    clock,
    issuer,
    cache,
    ask(key = 'key') {
      const answer = cache.get(key);
      return isPromise(answer) ? answer.then(({ token }) => token) : answer.token;
    },
  };
}

/** The same, with a token at hand. */
export async function warmScene(life: number | undefined, options: SceneOptions = {}): Promise<CacheScene> {
  const scene = cacheScene(life, options);
  await scene.ask();
  return scene;
}
