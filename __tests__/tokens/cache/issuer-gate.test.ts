import { IssuerGate, type Verdict } from '../../../src/tokens/cache/issuer-gate';
import { turns, virtualClock, type VirtualClock } from '../../support/virtual-clock';

const down = new Error('down');
const refused = new Error('invalid_grant');
const closed = new Error('closed until later');

function judge(failure: unknown): Verdict {
  if (failure === closed) return { issuer: 'down', repeatsFor: 20_000 };
  if (failure === refused) return { issuer: 'up', repeatsFor: 30_000 };
  return { issuer: 'down', repeatsFor: 0 };
}

interface Scene {
  readonly gate: IssuerGate;
  readonly clock: VirtualClock;
  /** Who has asked the issuer, in this order. */
  readonly asked: string[];
  /** What the issuer fails with, for whom. */
  readonly failures: Map<string, Error>;
  /** What it fails with for all others. */
  failure: Error | undefined;
  readonly ask: (name: string) => Promise<string>;
}

function scene(): Scene {
  const clock = virtualClock();
  const gate = new IssuerGate(clock, () => 0.5, judge);
  const self: Scene = {
    gate,
    clock,
    asked: [],
    failures: new Map(),
    failure: down,
    ask: async (name) =>
      gate.pass(async () => {
        self.asked.push(name);
        await turns();
        const failure = self.failures.get(name) ?? self.failure;
        if (failure) throw failure;
        return name;
      }),
  };
  return self;
}

/** The same, after as many failures as prove that the issuer is down. */
async function failing(): Promise<Scene> {
  const one = scene();
  for (const name of users(5)) await expect(one.ask(name)).rejects.toBe(down);
  one.asked.length = 0;
  return one;
}

const downForOthers = 'the request for another token failed: down';

/** A token or a message for each. */
async function outcomes({ ask, clock }: Scene, names: readonly string[]): Promise<readonly string[]> {
  const settled = Promise.allSettled(names.map(ask));
  for (let step = 0; step < 50; step++) await clock.pass(100);
  return (await settled).map((one) => (one.status === 'fulfilled' ? one.value : (one.reason as Error).message));
}

function users(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `user ${index}`);
}

test('while the issuer works, all ask at once', async () => {
  const one = scene();
  one.failure = undefined;

  const calls = users(50).map(one.ask);

  expect(one.asked).toHaveLength(50);
  expect(await Promise.all(calls)).toEqual(users(50));
});

test('while it works, 50 requests are in progress, and the others follow in their order', async () => {
  const one = scene();
  one.failure = undefined;

  const calls = users(500).map(one.ask);

  expect(one.asked).toHaveLength(50);
  expect(one.gate.isOpen).toBe(false);
  expect(await Promise.all(calls)).toEqual(users(500));
  expect(one.asked).toEqual(users(500));
  expect(one.gate.isOpen).toBe(true);
});

test('what comes just as a request ends does not overtake those that wait', async () => {
  const one = scene();
  one.failure = undefined;
  let end = (): void => undefined;
  const first = one.gate.pass(async () => new Promise<void>((resolve) => (end = resolve)));
  const calls = [...users(49), 'patient'].map(one.ask);

  end();
  for (let tick = 0; tick < 20; tick++) {
    calls.push(one.ask(`late ${tick}`));
    await Promise.resolve();
  }

  await Promise.all([first, ...calls]);
  expect(one.asked[49]).toBe('patient');
  expect(one.gate.isOpen).toBe(true);
});

test('those who have left when their turn comes do not ask, and the next one does', async () => {
  const one = scene();
  one.failure = undefined;
  const asked: number[] = [];
  const pass = async (index: number): Promise<number> =>
    one.gate.pass(
      async () => Promise.resolve(asked.push(index)),
      () => index % 100 === 99,
    );

  const busy = users(50).map(one.ask);
  const late = await Promise.allSettled(Array.from({ length: 1000 }, async (_, index) => pass(index)));

  await Promise.all(busy);
  expect(asked).toEqual([99, 199, 299, 399, 499, 599, 699, 799, 899, 999]);
  expect(late[0]).toMatchObject({ reason: { message: 'the call ended before the token was requested' } });
  expect(one.gate.isOpen).toBe(true);
});

test.each([
  ['goes down', down, 50 + 4 + 2],
  ['asks for patience', closed, 50],
])(
  '1,000 users who come just as it %s make as many requests as may be in progress, and few more',
  async (_, failure, requests) => {
    const one = scene();
    one.failure = failure;

    const settled = await outcomes(one, users(1000));

    expect(settled).toHaveLength(1000);
    expect(one.asked).toHaveLength(requests);
  },
);

test('while it is down, 1,000 users make two requests, and the failure of the second is that of all others', async () => {
  const one = await failing();

  const settled = await outcomes(one, users(1000));

  expect(settled).toEqual(['down', 'down', ...Array<string>(998).fill(downForOthers)]);
  expect(one.asked).toHaveLength(2);
});

test('at most two requests a second are made to it, however many call', async () => {
  const one = await failing();

  for (let round = 0; round < 100; round++) {
    for (const name of users(20)) void one.ask(`${name}, ${round}`).catch(() => undefined);
    await one.clock.pass(100);
  }

  expect(one.asked.length).toBeGreaterThan(10);
  expect(one.asked.length).toBeLessThan(35);
});

test('once it is back, one request goes first, and then all', async () => {
  const one = await failing();
  one.failure = undefined;

  const calls = Promise.all(users(100).map(one.ask));
  expect(one.asked).toEqual([]);
  await one.clock.pass(500);

  expect(await calls).toEqual(users(100));
  expect(one.asked).toHaveLength(100);
  expect(one.gate.isOpen).toBe(true);
});

test('while it fails for some users only, nobody waits for them', async () => {
  const one = scene();
  one.failure = undefined;
  for (const name of users(4)) one.failures.set(name, down);

  for (let round = 0; round < 5; round++) {
    expect(await Promise.allSettled([...users(4), 'alice'].map(one.ask))).toMatchObject([
      ...Array<object>(4).fill({ reason: down }),
      { value: 'alice' },
    ]);
    expect(one.gate.isOpen).toBe(true);
  }
});

test('a user at whose token the issuer stumbles does not fail the others', async () => {
  const one = await failing();
  one.failure = undefined;
  one.failures.set('mallory', down);

  expect(await outcomes(one, ['mallory', 'alice', 'bob'])).toEqual(['down', 'alice', 'bob']);
});

test('a request that hangs holds up nobody for ever: another one goes after 10 s', async () => {
  const one = await failing();
  one.failure = undefined;
  const hangs = one.gate.pass(async () => new Promise<string>(() => undefined));

  const settled = Promise.all(['alice', 'bob'].map(one.ask));
  await one.clock.pass(9999);
  expect(one.asked).toEqual([]);
  await one.clock.pass(1);

  expect(await settled).toEqual(['alice', 'bob']);
  expect(await Promise.race([hangs, turns()])).toBeUndefined();
});

test('while all requests hang, two of them are the limit of a wait', async () => {
  const one = await failing();
  const hang = async (): Promise<string> => one.gate.pass(async () => new Promise<string>(() => undefined));

  const calls = users(20).map(hang);
  const settled = Promise.allSettled(calls.slice(2));
  await one.clock.pass(20_000);

  const message = 'the request for another token failed: no response within 10 s';
  expect(await settled).toMatchObject(Array(18).fill({ status: 'rejected', reason: { message } }));
});

test('the refusal of one user shows that the issuer works', async () => {
  const one = await failing();
  one.failure = undefined;
  one.failures.set('mallory', refused);

  expect(await outcomes(one, ['mallory', 'alice', 'bob'])).toEqual(['invalid_grant', 'alice', 'bob']);
  expect(one.gate.isFailing).toBe(false);
});

test('until the time that it has named nobody asks, and everybody fails at once', async () => {
  const one = scene();
  one.failure = closed;
  await expect(one.ask('first')).rejects.toBe(closed);

  await one.clock.pass(19_999);
  expect(one.gate.isOpen).toBe(false);
  await expect(one.ask('second')).rejects.toThrow('the request for another token failed: closed until later');
  expect(one.asked).toEqual(['first']);

  await one.clock.pass(1);
  one.failure = undefined;
  expect(await one.ask('third')).toBe('third');
});

test('it is closed during a pause and while one request goes first', async () => {
  const { gate, clock, ask } = await failing();
  expect(gate.isOpen).toBe(false);

  await clock.pass(500);
  expect(gate.isOpen).toBe(true);
  const call = ask('alice');
  expect(gate.isOpen).toBe(false);

  await expect(call).rejects.toBe(down);
});

test('a minute later, a failure counts as the first one', async () => {
  const { gate, clock } = await failing();

  await clock.pass(59_999);
  expect(gate.isFailing).toBe(true);
  await clock.pass(1);

  expect(gate.isFailing).toBe(false);
});
