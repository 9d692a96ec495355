import type { OriginState } from '../../src/resilience/origin-state';
import { OriginStates } from '../../src/resilience/origin-states';
import { randomFrom } from '../support/random';

const key = (index: number): string => `http://service-${index}.test:80`;

/** Uses origins one after another. */
function visit(states: OriginStates, from: number, to: number): void {
  for (let index = from; index < to; index += 1) states.release(states.use(key(index)));
}

const keys = (states: OriginStates): string[] => [...states.values()].map((state) => state.key);

test('an origin has one state, whether it was asked last time or before', () => {
  const states = new OriginStates();
  const [a, b] = [states.use(key(1)), states.use(key(2))];

  expect(a.key).toBe(key(1));
  expect(a).not.toBe(b);
  expect([states.use(key(2)), states.use(key(2)), states.use(key(1))]).toEqual([b, b, a]);
  expect([a.inUse, b.inUse, states.size]).toEqual([2, 3, 2]);
});

test('looking for a state neither makes nor uses one', () => {
  const states = new OriginStates();
  visit(states, 0, 1);

  expect([states.find(key(0))?.inUse, states.find(key(1)), states.size]).toEqual([0, undefined, 1]);
});

test('of 100,000 origins 1,000 are remembered: the last ones', () => {
  const states = new OriginStates();
  visit(states, 0, 100_000);

  expect(states.size).toBe(1000);
  expect(new Set(keys(states))).toEqual(new Set(Array.from({ length: 1000 }, (_, index) => key(99_000 + index))));
});

test('the one that has been idle for longest is forgotten first', () => {
  const states = new OriginStates();
  visit(states, 0, 1000);
  visit(states, 0, 1);
  visit(states, 500, 501);
  visit(states, 1000, 1002);

  expect([0, 1, 2, 3, 500].map((index) => states.find(key(index)) !== undefined)).toEqual([
    true,
    false,
    false,
    true,
    true,
  ]);
});

test('none is forgotten in use, however many; they are once they are released', () => {
  const states = new OriginStates();
  visit(states, 0, 1000);
  const used = Array.from({ length: 3000 }, (_, index) => states.use(key(5000 + index)));

  expect(states.size).toBe(3000);
  expect(used.every((state) => states.find(state.key) === state)).toBe(true);
  visit(states, 0, 10);
  expect(states.size).toBe(3000);
  used.forEach((state) => {
    states.release(state);
  });
  expect(states.size).toBe(1000);
});

test('a state is in use until all that took it are done', () => {
  const states = new OriginStates();
  const state = states.use(key(0));
  states.use(key(0));
  states.release(state);
  visit(states, 1, 3000);

  expect(states.find(key(0))).toBe(state);
  states.release(state);
  visit(states, 3000, 4000);
  expect(states.find(key(0))).toBeUndefined();
});

test('one release too many does nothing', () => {
  const states = new OriginStates();
  const state = states.use(key(0));
  states.release(state);
  states.release(state);

  expect(state.inUse).toBe(0);
  visit(states, 1, 2000);
  expect(states.size).toBe(1000);
});

test('the origin that was asked last time, once forgotten, gets a new state', () => {
  const states = new OriginStates();
  const used = Array.from({ length: 1000 }, (_, index) => states.use(key(index)));
  const latest = states.use(key(1000));
  states.release(latest);

  expect(states.size).toBe(1000);
  expect(states.find(key(1000))).toBeUndefined();
  expect(states.use(key(1000))).not.toBe(latest);
  expect(used).toHaveLength(1000);
});

test.each([1, 2])('after any history (%i) there are 1,000 states, or those in use', (seed) => {
  const random = randomFrom(seed);
  const states = new OriginStates();
  const used: OriginState[] = [];
  let most = 0;
  for (let step = 0; step < 8000; step += 1) {
    const grows = step < 5000;
    if (random() < (grows ? 0.7 : 0.3)) {
      used.push(states.use(key(Math.floor(random() * 5000))));
    } else {
      const [state] = used.splice(Math.floor(random() * used.length), 1);
      if (state !== undefined) states.release(state);
    }
    if (step % 1000 > 0) continue;
    const inUse = new Set(used);
    most = Math.max(most, inUse.size);
    expect(states.size).toBeLessThanOrEqual(Math.max(1000, inUse.size));
    expect([...inUse].every((state) => states.find(state.key) === state)).toBe(true);
    expect([...states.values()].reduce((sum, state) => sum + state.inUse, 0)).toBe(used.length);
  }
  expect(most).toBeGreaterThan(1000);
});

test('the state that was used last is found by a URL of its origin', () => {
  const states = new OriginStates();
  const state = states.use('http://api:80');
  states.release(state);

  expect(states.useLatest('http://api:80/users')).toBe(state);
  expect(state.inUse).toBe(1);
  expect(states.useLatest('http://api:80/')).toBe(state);
  expect(state.inUse).toBe(2);
});

test.each(['http://api:8080/', 'http://api.com/', 'https://api/', 'http://user:secret@api/', 'http://ap/i'])(
  'the URL %s is of another origin than http://api',
  (href) => {
    const states = new OriginStates();
    expect(states.useLatest(href)).toBeUndefined();
    states.release(states.use('http://api'));

    expect(states.useLatest(href)).toBeUndefined();
  },
);

test('a state that is split or has a socket path is not that of a URL', () => {
  const states = new OriginStates();
  states.use('http://api a');

  expect(states.useLatest('http://api/')).toBeUndefined();
});

test.each([
  [{ max: 10 }, 'an object'],
  [7, '7'],
  [null, 'null'],
])('the argument %j is refused, as it would be ignored', (given, got) => {
  const States = OriginStates as unknown as new (given: unknown) => OriginStates;

  expect(() => new States(given)).toThrow(
    new TypeError(
      `OriginStates takes no options, got ${got}: what applies to an origin are options of the clients that share it`,
    ),
  );
  expect(new States(undefined).size).toBe(0);
});
