import type { Attempt } from '../../src/journal/attempt';
import { printJournal } from '../../src/journal/print-journal';

const attempt: Attempt = {
  startedAt: new Date(Date.UTC(2025, 10, 20, 12, 0, 0, 123)),
  elapsed: 0.0314159,
  outcome: 503,
  decision: 'retry',
  reason: 'SERVER_ERROR',
  wait: 0.5,
};

test('a journal is a table, one line an attempt', () => {
  const journal: Attempt[] = [
    attempt,
    { ...attempt, outcome: 'STALE_CONNECTION', decision: 'replay', reason: 'STALE_CONNECTION', wait: 0 },
    { ...attempt, elapsed: 12.5, outcome: 404, decision: 'fail', reason: 'not-retryable', wait: undefined },
    { ...attempt, outcome: 200, decision: 'done', reason: undefined, wait: undefined },
    { ...attempt, elapsed: 0, outcome: undefined, decision: undefined, reason: undefined, wait: undefined },
  ];

  expect(printJournal(journal)).toBe(
    [
      '      started                   took      outcome           decision',
      '  #1  2025-11-20T12:00:00.123Z  0.031 s   503               retry in 0.5 s: SERVER_ERROR',
      '  #2  2025-11-20T12:00:00.123Z  0.031 s   STALE_CONNECTION  replay in 0 s: STALE_CONNECTION',
      '  #3  2025-11-20T12:00:00.123Z  12.500 s  404               fail: not-retryable',
      '  #4  2025-11-20T12:00:00.123Z  0.031 s   200               done',
      '  #5  2025-11-20T12:00:00.123Z  0.000 s   in progress',
    ].join('\n'),
  );
});

test('a journal without attempts says so', () => {
  expect(printJournal([])).toBe('  nothing was sent');
});
