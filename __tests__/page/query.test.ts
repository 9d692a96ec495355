import type { CallReport } from '../../src/inspector/report';
import { isChip, testOfChip, testOfQuery, type Chip } from '../../page/query';
import { TICKET_CALL } from '../support/ticket-call';

const ATTEMPT = { at: 0, requests: [] };
const CALL: CallReport = {
  ...TICKET_CALL,
  ...{
    took: 1.5,
    state: 'failed',
    status: 503,
    error: { name: 'HTTPError', code: 'SERVER_ERROR', message: '' },
    retries: 1,
  },
  context: { requestId: 'req-7f3a91', traceId: '4bf9', route: 'GET /desk/:id' },
  attempts: [ATTEMPT, ATTEMPT],
};

test('client:issuers finds the requests for tokens', () => {
  expect(testOfQuery('client:issuers')({ ...CALL, client: undefined, clientId: 0 }, 0)).toBe(true);
});

test.each([
  '', '  ', 'status:503', 'status:5xx', 'status:SERVER_ERROR', 'code:server_error', 'client:tickets', 'CLIENT:Tickets', 'method:get',
  'request:req-7f3a91', 'trace:4bf9', 'retries:>0', 'retries:1', 'retries:>=1', 'took:>500ms', 'took:>=1.5s', 'took:<2s',
  'tickets/456', 'GET tickets', 'desk', '-status:404', '-client:users', 'status:5xx took:>1s -method:post', '503', '-',
])('%j finds the call', (query) => {
  expect(testOfQuery(query)(CALL, 0)).toBe(query !== '-' || CALL.url.includes('-'));
}); // prettier-ignore

test.each([
  'status:4xx', 'status:50', 'client:ticket', 'method:post', 'request:req', 'retries:>1', 'retries:0', 'took:<1s', 'took:>2000ms',
  'users', '-status:5xx', 'status:5xx client:users', 'took:soon', 'unknown:5',
])('%j does not', (query) => {
  expect(testOfQuery(query)(CALL, 0)).toBe(false);
}); // prettier-ignore

test('a client without a name is found by its number', () => {
  expect(testOfQuery('client:tickets')({ ...CALL, client: undefined }, 0)).toBe(false);
});

test.each<[Chip, boolean]>([
  ['all', true],
  ['open', false],
  ['failed', true],
  ['retried', true],
  ['slow', true],
])('the chip %s: %s', (chip, expected) => {
  expect(testOfChip(chip)(CALL, 0)).toBe(expected);
});

test('a call in flight is slow as soon as it has taken that long', () => {
  const { took, ...open } = CALL;

  expect(took).toBe(1.5);
  expect(testOfChip('slow')({ ...open, state: 'open' }, 499)).toBe(false);
  expect(testOfChip('slow')({ ...open, state: 'open' }, 500)).toBe(true);
});

test('names of chips in an address are checked', () => {
  expect(isChip('failed')).toBe(true);
  expect(isChip('toString')).toBe(false);
  expect(isChip(null)).toBe(false);
});
