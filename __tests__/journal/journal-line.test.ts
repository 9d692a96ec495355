import { inspect } from 'node:util';
import { JournalLine, toSeconds } from '../../src/journal/journal-line';

test('a line that is under way has neither outcome nor decision', () => {
  expect(Object.keys(new JournalLine().show())).toEqual(['startedAt', 'elapsed']);
});

test('a log calls a line an Attempt, and shows only the facts that there are', () => {
  const line = new JournalLine();
  line.end(503);
  line.decide('fail', 'retries-exhausted');

  expect(inspect(line)).toMatch(/^Attempt \{/);
  expect(Object.keys(line)).toEqual(['startedAt', 'elapsed', 'outcome', 'decision', 'reason']);
});

test('the first outcome and the first decision stand', () => {
  const line = new JournalLine();

  line.end(503);
  line.end(200, 'done');
  line.decide('retry', 'SERVER_ERROR', 0.5);
  line.decide('fail', 'deadline');

  expect(line).toMatchObject({ outcome: 503, decision: 'retry', reason: 'SERVER_ERROR', wait: 0.5 });
});

test('an outcome may come with its decision', () => {
  const line = new JournalLine();

  line.end(200, 'done');

  expect(line).toMatchObject({ outcome: 200, decision: 'done' });
  expect(line).not.toHaveProperty('reason');
  expect(line.elapsed).toBeGreaterThanOrEqual(0);
  expect(line.startedAt).toBeInstanceOf(Date);
});

test('the time of an outcome counts, unless it lies before the line or in the future', () => {
  const before = performance.now();
  const [told, early, late] = [new JournalLine(), new JournalLine(), new JournalLine()];
  const at = performance.now();
  while (performance.now() === at);

  told.end(503, undefined, at);
  early.end(503, undefined, at - 60_000);
  late.end(503, undefined, at + 60_000);

  expect(told.elapsed).toBeLessThanOrEqual(toSeconds(at - before));
  expect(early.elapsed).toBeGreaterThan(0);
  expect(late.elapsed).toBeLessThan(60);
});

test.each([
  [0, 0],
  [1500, 1.5],
  [0.1234567, 0.000123],
])('%d ms are %d s', (milliseconds, seconds) => {
  expect(toSeconds(milliseconds)).toBe(seconds);
});

test('it knows when the outcome came', () => {
  const before = performance.now();
  const line = new JournalLine();
  line.end(200);

  expect(line.endedAt).toBeGreaterThanOrEqual(before);
  // Rounded to microseconds.
  expect(line.endedAt).toBeLessThanOrEqual(performance.now() + 0.001);
  expect(Object.keys(line)).not.toContain('endedAt');
});
