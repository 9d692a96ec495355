import { JournalLine, toSeconds } from '../../src/journal/journal-line';

test('a line that is under way has neither outcome nor decision', () => {
  expect(new JournalLine()).toMatchObject({ elapsed: 0, outcome: undefined, decision: undefined, wait: undefined });
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

  expect(line).toMatchObject({ outcome: 200, decision: 'done', reason: undefined });
  expect(line.elapsed).toBeGreaterThanOrEqual(0);
  expect(line.startedAt).toBeInstanceOf(Date);
});

test.each([
  [0, 0],
  [1500, 1.5],
  [0.1234567, 0.000123],
])('%d ms are %d s', (milliseconds, seconds) => {
  expect(toSeconds(milliseconds)).toBe(seconds);
});
