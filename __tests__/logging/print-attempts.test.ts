import type { Attempt } from '../../src/journal/attempt';
import { printAttempts } from '../../src/logging/print-attempts';

const startedAt = new Date(0);

test.each<[string, Omit<Attempt, 'startedAt'>[]]>([
  ['', []],
  ['200 0ms', [{ elapsed: 0.0004, outcome: 200, decision: 'done' }]],
  ['TIMEOUT 1s', [{ elapsed: 0.9996, outcome: 'TIMEOUT', decision: 'fail' }]],
  [
    '503 13ms, +0.5s, TIMEOUT 1.003s, +1s, 200 8ms',
    [
      { elapsed: 0.0131, outcome: 503, decision: 'retry', wait: 0.5 },
      { elapsed: 1.0029, outcome: 'TIMEOUT', decision: 'retry', wait: 1 },
      { elapsed: 0.0078, outcome: 200, decision: 'done' },
    ],
  ],
  [
    '503 1ms, +0.123s, 503 1ms, +0s, 200 1ms',
    [
      { elapsed: 0.001, outcome: 503, decision: 'retry', wait: 0.123456 },
      { elapsed: 0.001, outcome: 503, decision: 'retry', wait: 0 },
      { elapsed: 0.001, outcome: 200, decision: 'done' },
    ],
  ],
  // The token was renewed.
  [
    '401 2ms, replay, 200 3ms',
    [
      { elapsed: 0.002, outcome: 401, decision: 'replay' },
      { elapsed: 0.003, outcome: 200, decision: 'done' },
    ],
  ],
  // An interceptor sent it again after it had failed.
  [
    '401 2ms, replay, 200 3ms',
    [
      { elapsed: 0.002, outcome: 401, decision: 'fail' },
      { elapsed: 0.003, outcome: 200, decision: 'done' },
    ],
  ],
  [
    'lost 510ms, hedge 200 9ms',
    [
      { elapsed: 0.51, outcome: 'lost' },
      { elapsed: 0.009, outcome: 200, decision: 'done', hedge: true },
    ],
  ],
  // Both of two attempts at once have failed, and one decision follows.
  [
    '503 20ms, hedge 503 9ms, +0.5s, in progress 0ms',
    [
      { elapsed: 0.02, outcome: 503, decision: 'retry', wait: 0.5 },
      { elapsed: 0.009, outcome: 503, hedge: true },
      { elapsed: 0 },
    ],
  ],
  // A wait that the call did not survive is not shown.
  ['503 20ms', [{ elapsed: 0.02, outcome: 503, decision: 'retry', wait: 5 }]],
])('%s', (text, attempts) => {
  expect(printAttempts(attempts.map((attempt) => ({ ...attempt, startedAt })))).toBe(text);
});
