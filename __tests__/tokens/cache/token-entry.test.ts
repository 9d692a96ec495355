import { IssuerGate } from '../../../src/tokens/cache/issuer-gate';
import { TokenEntry } from '../../../src/tokens/cache/token-entry';
import { judgeModel } from '../../support/cache-scene';
import { TokenHolders } from '../../../src/tokens/cache/token-holders';
import { modelIssuer, type ModelIssuer } from '../../support/model-issuer';
import { turns, virtualClock, type VirtualClock } from '../../support/virtual-clock';

interface Scene {
  readonly entry: TokenEntry;
  readonly issuer: ModelIssuer;
  readonly clock: VirtualClock;
  readonly ask: () => Promise<string>;
}

function scene(life = 60): Scene {
  const clock = virtualClock();
  const issuer = modelIssuer(clock, life);
  const random = (): number => 0.5;
  const entry = new TokenEntry('key', {
    source: 'tokenService',
    clock,
    random,
    judge: judgeModel,
    gate: new IssuerGate(clock, random, judgeModel),
    holders: new TokenHolders(),
    sharing: undefined,
  });
  return { entry, issuer, clock, ask: async () => (await entry.get(() => issuer.fetch)).token };
}

test('callers that wait share one fetch, and the entry is busy meanwhile', async () => {
  const { entry, issuer, ask } = scene();
  issuer.isSlow = true;

  const answers = Promise.all([ask(), ask(), ask()]);
  await turns();
  expect(entry.isBusy).toBe(true);
  issuer.answer();

  expect(await answers).toEqual(['token-1', 'token-1', 'token-1']);
  expect(entry.isBusy).toBe(false);
});

test('a token that is good is at hand', async () => {
  const { entry, issuer, ask } = scene();
  await ask();

  expect(entry.get(() => issuer.fetch)).toMatchObject({ token: 'token-1' });
  expect(issuer.requests).toEqual([true]);
});

test('a token that was not accepted is forgotten, an older one is not minded', async () => {
  const { entry, ask } = scene();
  await ask();

  entry.invalidate('token-1');
  expect(await ask()).toBe('token-2');
  entry.invalidate('token-1');
  expect(await ask()).toBe('token-2');
});

test('a token that has ended when it comes is a failure, and the next call asks again', async () => {
  const { issuer, clock, ask } = scene(-1);

  await expect(ask()).rejects.toMatchObject({ code: 'TOKEN_UNAVAILABLE', sent: 'no' });
  issuer.life = 60;
  const next = ask();
  // The issuer is not asked again at once.
  await clock.pass(1000);

  expect(await next).toBe('token-2');
});
