import { Concurrency, Slot } from '../../src/resilience/concurrency';
import { randomFrom } from '../support/random';

/** A slot that notes its name when it is granted. */
function waiter(granted: unknown[], name: unknown): Slot {
  const slot = new Slot();
  slot.grant = () => granted.push(name);
  return slot;
}

describe('a limit of 2 and a queue of 2', () => {
  let concurrency: Concurrency;
  let granted: unknown[];
  let slots: readonly Slot[];
  const states = (): string[] => slots.map(({ state }) => state);

  beforeEach(() => {
    concurrency = new Concurrency({ limit: 2, queue: 2 });
    granted = [];
    slots = ['a', 'b', 'c', 'd', 'e'].map((name) => waiter(granted, name));
    slots.forEach((slot) => concurrency.acquire(slot));
  });

  const release = (...indexes: readonly number[]): void => {
    indexes.forEach((index) => {
      concurrency.release(slots[index] ?? new Slot());
    });
  };

  test('two attempts go at once, two wait, the fifth is refused', () => {
    expect(states()).toEqual(['held', 'held', 'waiting', 'waiting', 'refused']);
    expect(concurrency).toMatchObject({ active: 2, waiting: 2 });
    expect(granted).toEqual([]);
  });

  test('who waits goes in the order of arrival', () => {
    release(1, 0);

    expect(granted).toEqual(['c', 'd']);
    expect(states()).toEqual(['done', 'done', 'held', 'held', 'refused']);
  });

  test('a second release frees no second slot', () => {
    release(0, 0, 0);

    expect(granted).toEqual(['c']);
    expect(concurrency).toMatchObject({ active: 2, waiting: 1 });
  });

  test('a waiter that leaves is never granted, and makes room in the queue', () => {
    release(2);
    const late = waiter(granted, 'late');

    expect(concurrency.acquire(late)).toBe('waiting');
    release(0, 1, 2);
    expect(granted).toEqual(['d', 'late']);
  });

  test('the release of one that was refused, or never asked, frees nothing', () => {
    release(4);
    concurrency.release(new Slot());

    expect(concurrency).toMatchObject({ active: 2, waiting: 2 });
  });

  test('a slot is acquired once', () => {
    expect(slots.map((slot) => concurrency.acquire(slot))).toEqual(['held', 'held', 'waiting', 'waiting', 'refused']);
    release(0, 1, 2, 3, 4);
    expect(slots.map((slot) => concurrency.acquire(slot))).toEqual(['done', 'done', 'done', 'done', 'refused']);
    expect(concurrency).toMatchObject({ active: 0, waiting: 0 });
  });
});

test('without options nothing waits', () => {
  const concurrency = new Concurrency({ limit: Infinity, queue: Infinity });
  const slots = Array.from({ length: 5000 }, () => new Slot());

  expect(new Set(slots.map((slot) => concurrency.acquire(slot)))).toEqual(new Set(['held']));
});

test('with a queue of 0 an attempt goes at once or never', () => {
  const concurrency = new Concurrency({ limit: 1, queue: 0 });

  expect([new Slot(), new Slot()].map((slot) => concurrency.acquire(slot))).toEqual(['held', 'refused']);
});

test('a new attempt does not overtake a waiter while a slot is handed on', () => {
  const concurrency = new Concurrency({ limit: 1, queue: 9 });
  const granted: unknown[] = [];
  const [first, second, third, late] = [new Slot(), new Slot(), waiter(granted, 'third'), waiter(granted, 'late')];
  [first, second, third].forEach((slot) => concurrency.acquire(slot));
  second.grant = () => {
    concurrency.release(second);
    concurrency.acquire(late);
  };

  concurrency.release(first);
  concurrency.release(third);
  expect(granted).toEqual(['third', 'late']);
});

test('20,000 waiters that give their slot back at once do not fill the stack', () => {
  const concurrency = new Concurrency({ limit: 1, queue: Infinity });
  const first = new Slot();
  let granted = 0;
  concurrency.acquire(first);
  for (let index = 0; index < 20_000; index += 1) {
    const slot = new Slot();
    slot.grant = () => {
      granted += 1;
      concurrency.release(slot);
    };
    concurrency.acquire(slot);
  }

  concurrency.release(first);
  expect(granted).toBe(20_000);
  expect(concurrency).toMatchObject({ active: 0, waiting: 0 });
});

test('a grant that throws does not hold up those behind it', () => {
  const concurrency = new Concurrency({ limit: 1, queue: 9 });
  const granted: unknown[] = [];
  const [first, broken, next] = [new Slot(), new Slot(), waiter(granted, 'next')];
  broken.grant = () => {
    throw new Error('broken');
  };
  [first, broken, next].forEach((slot) => concurrency.acquire(slot));

  expect(() => {
    concurrency.release(first);
  }).toThrow('broken');
  concurrency.release(broken);
  expect(granted).toEqual(['next']);
});

test('1,000 waiters leave in any order, and leave nothing behind', () => {
  const concurrency = new Concurrency({ limit: 1, queue: 1000 });
  const holder = new Slot();
  const slots = Array.from({ length: 1000 }, () => new Slot());
  [holder, ...slots].forEach((slot) => concurrency.acquire(slot));
  const random = randomFrom(1);

  const inAnyOrder = slots.map((slot) => ({ slot, at: random() })).sort((a, b) => a.at - b.at);
  inAnyOrder.forEach(({ slot }) => {
    concurrency.release(slot);
  });
  expect(slots.filter(({ before, after }) => before !== undefined || after !== undefined)).toEqual([]);
  concurrency.release(holder);
  expect(concurrency).toMatchObject({ active: 0, waiting: 0 });
});

test.each([1, 2, 3])(
  'after any history (%i) the limits held, no slot is lost, and the order is that of arrival',
  (seed) => {
    const random = randomFrom(seed);
    const concurrency = new Concurrency({ limit: 3, queue: 5 });
    const granted: number[] = [];
    const open: Slot[] = [];
    const counts: unknown[] = [];
    const expected: unknown[] = [];
    for (let step = 0; step < 500; step += 1) {
      if (random() < 0.5) {
        const slot = waiter(granted, step);
        if (concurrency.acquire(slot) !== 'refused') open.push(slot);
      } else {
        const [slot] = open.splice(Math.floor(random() * open.length), 1);
        if (slot !== undefined) concurrency.release(slot);
      }
      counts.push([concurrency.active, concurrency.waiting]);
      expected.push([Math.min(3, open.length), Math.max(0, open.length - 3)]);
      if (open.length > 8) throw new Error('more than 3 and 5');
    }
    expect(counts).toEqual(expected);
    expect(granted.length).toBeGreaterThan(50);
    expect(granted).toEqual([...granted].sort((a, b) => a - b));
  },
);
