import type { CallReport } from '../../src/inspector/report';
import { plain, storyOf } from '../../page/story';
import { TICKET_CALL } from '../support/ticket-call';

const CALL: CallReport = {
  ...TICKET_CALL,
  ...{
    took: 5.55,
    state: 'failed',
    status: 503,
    error: { name: 'HTTPError', code: 'SERVER_ERROR', message: '' },
    retries: 2,
  },
  ...{ limit: 8, context: { requestId: 'req-1', route: 'GET /desk/tickets/:id' } },
  attempts: [
    { at: 0, took: 0.013, outcome: 503, decision: 'retry', reason: 'SERVER_ERROR', wait: 0.5, requests: [] },
    { at: 0, took: 1.003, outcome: 'TIMEOUT', decision: 'retry', reason: 'TIMEOUT', wait: 1, requests: [] },
    { at: 0, took: 0.016, outcome: 503, decision: 'fail', reason: 'retries-exhausted', requests: [] },
  ],
};

test('tells what happened', () => {
  expect(plain(storyOf(CALL, 0)).replaceAll('\u00a0', ' ')).toBe(
    [
      'The call failed after 5.55 s and 3 attempts, with HTTPError [SERVER_ERROR]. It was made for GET /desk/tickets/:id. Its deadline was 8.00 s after its start.',
      'The first attempt was answered with 503 after 13 ms; retried after 500 ms (SERVER_ERROR).',
      'The second attempt got no response within 1.00 s; retried after 1.00 s (TIMEOUT).',
      'The third attempt was answered with 503 after 16 ms; given up: retries-exhausted.',
    ].join('\n'),
  );
});

test('a call that sent nothing says why', () => {
  const error = { name: 'TokenError', code: 'TOKEN_UNAVAILABLE', message: 'GET http://a/: no token available' };

  expect(
    plain(storyOf({ ...CALL, error, attempts: [], context: undefined, limit: undefined }, 0)).replaceAll('\u00a0', ' '),
  ).toBe(
    'The call failed after 5.55 s, with TokenError [TOKEN_UNAVAILABLE]. Nothing was sent: GET http://a/: no token available.',
  );
});

test('redirects, replays and hedges', () => {
  const hop = (url: string, status: number) => ({ at: 0, took: 0.01, method: 'GET', url, status, transport: 'http' });
  const redirected = {
    at: 0,
    took: 0.05,
    outcome: 200,
    decision: 'done',
    requests: [hop('http://a/v2/x', 307), hop('http://a/v2/eu/x', 200)],
  } as const;
  const stale = {
    at: 0,
    took: 0.001,
    outcome: 'STALE_CONNECTION',
    decision: 'replay',
    reason: 'STALE_CONNECTION',
    requests: [],
  } as const;
  const lost = { at: 0, took: 0.2, outcome: 'lost', requests: [] };
  const faster = { at: 0, took: 0.02, outcome: 200, decision: 'done', hedge: true, requests: [] } as const;

  const told = plain(storyOf({ ...CALL, state: 'ok', attempts: [stale, redirected, lost, faster] }, 0)).replaceAll(
    '\u00a0',
    ' ',
  );

  expect(told).toContain(
    'The first attempt ended with STALE_CONNECTION after 1.0 ms; sent again at once (STALE_CONNECTION).',
  );
  expect(told).toContain('The second attempt was answered with 200 after 50 ms, after a 307 to /v2/eu/x.');
  expect(told).toContain('The third attempt was abandoned, because the other one was faster.');
  expect(told).toContain(
    'The fourth attempt, made because the one before was slow, was answered with 200 after 20 ms.',
  );
});
