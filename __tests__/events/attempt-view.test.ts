import { inspect } from 'node:util';
import { sign } from 'jsonwebtoken';
import { AttemptView } from '../../src/events/attempt-view';
import { JournalLine } from '../../src/journal/journal-line';

test('shows its line of the journal as it is now', () => {
  const line = new JournalLine().show();
  const view = new AttemptView(line, 2, { origin: { key: 'http://a.test' }, sourceToken: undefined });

  expect(view).toMatchObject({ number: 2, elapsed: 0, outcome: undefined, hedge: false, origin: 'http://a.test' });
  line.hedge = true;
  line.end(503);
  line.decide('retry', 'SERVER_ERROR', 1.5);

  expect(view).toMatchObject({ outcome: 503, decision: 'retry', reason: 'SERVER_ERROR', wait: 1.5, hedge: true });
  expect(inspect(view)).toMatch(/^AttemptView \{\s+number: 2/);
});

test.each([
  ['a JWT', sign({ exp: 2_000_000_000 }, 'key'), 2_000_000_000_000],
  ['an opaque token', 'opaque', 'unknown'],
  ['a token with its time', { token: 'opaque', expiresAt: 5 }, 5],
  ['a JWT without a time of its source', { token: sign({ exp: 2_000_000_000 }, 'key') }, 2_000_000_000_000],
  ['no token', undefined, undefined],
])('when %s expires', (_, token, expected) => {
  const sourceToken = token === undefined ? undefined : (): typeof token => token;
  const view = new AttemptView(new JournalLine().show(), 1, { origin: undefined, sourceToken });

  expect(view.tokenExpiresAt).toBe(expected);
  expect(inspect(view)).not.toContain('opaque');
});

test('an attempt that was observed too late has neither origin nor token', () => {
  const view = new AttemptView(new JournalLine().show(), 1, undefined);

  expect([view.origin, view.tokenExpiresAt]).toEqual([undefined, undefined]);
});
