import { inspect } from 'node:util';
import { createException } from '../../src/errors/create';
import { printException, tellStory } from '../../src/errors/print';
import { HTTPClient } from '../../src/index';
import type { Attempt } from '../../src/journal/attempt';
import { service } from '../support/service';

const FRAMES = ['    at load (/app/users.js:1:2)'];
const told = { name: 'HTTPError', code: 'SERVER_ERROR', message: 'it failed', elapsed: 3.512, sent: 'yes' } as const;
const attempt: Attempt = { startedAt: new Date(0), elapsed: 0.5, outcome: 503, decision: 'fail', reason: 'deadline' };
const TABLE = [
  '      started                   took     outcome  decision',
  '  #1  1970-01-01T00:00:00.000Z  0.500 s  503      fail: deadline',
];

test('a stack has what happened, the frames, the journal and what the server said, in this order', () => {
  expect(tellStory({ ...told, attempts: [attempt] }, FRAMES, false, ['problem: out of stock'])).toBe(
    [
      'HTTPError [SERVER_ERROR]: it failed, after 1 attempt in 3.5 s',
      ...FRAMES,
      ...TABLE,
      '  problem: out of stock',
    ].join('\n'),
  );
});

test.each([
  [0.020493, '0.02 s'],
  [0.000123, '0.00012 s'],
  [1, '1 s'],
  [3.512, '3.5 s'],
  [123.4, '123 s'],
])('%d s are told as %s', (elapsed, text) => {
  const attempts = [attempt, attempt];

  expect(tellStory({ ...told, elapsed, attempts }, [], true, [])).toBe('HTTPError [SERVER_ERROR]: it failed');
  expect(tellStory({ ...told, elapsed, attempts }, [], false, [])).toContain(
    `it failed, after 2 attempts in ${text}\n`,
  );
});

test.each([
  ['no', '\n  nothing was sent'],
  ['maybe', ''],
] as const)('without a journal, and sent: %s, the stack ends with %j', (sent, end) => {
  expect(tellStory({ ...told, sent, attempts: [] }, [], false, [])).toBe(`HTTPError [SERVER_ERROR]: it failed${end}`);
});

test('an exception is printed as its stack, what the stack does not tell, and its cause', () => {
  const error = createException('CONNECTION_REFUSED', { cause: new Error('connect ECONNREFUSED') });
  error.stack = 'ConnectionError: nothing listens\n  mine';

  expect(printException(error, () => 'Error: two\nlines')).toBe(
    [
      'ConnectionError: nothing listens',
      '  mine',
      '  sent: no, phase: connect, retryable: true',
      '  [cause]: Error: two',
      '  lines',
    ].join('\n'),
  );
});

test('an exception is printed without a cause where it has none, and without a stack', () => {
  const error = createException('CANCELLED');
  Reflect.deleteProperty(error, 'stack');

  expect(printException(error, String)).toBe('  sent: no, retryable: false');
});

test.each(['CLIENT_ERROR', 'CANCELLED', 'TIMEOUT', 'DEADLINE_EXCEEDED', 'INVALID_URL', 'INTERCEPTOR_FAILED'] as const)(
  'the first line of a printed %s has the name of its class and its code',
  (code) => {
    const error = createException(code, { detail: 'what happened' });

    expect(inspect(error).split('\n')[0]).toBe(`${error.name} [${code}]: what happened`);
  },
);

test('a printed failure tells the story of its call', async () => {
  const api = await service([{ status: 503 }]);
  const client = new HTTPClient({ retry: { base: 0.001 }, retryAttempts: 2 });

  const printed = inspect(await client.get(`${api.url}/x?token=abc`).catch((error: unknown) => error));

  expect(printed).toMatch(
    /^HTTPError \[SERVER_ERROR\]: GET \S+\/x\?token=\*\*\*: responded with 503 Service Unavailable, after 3 attempts in \d+\.\d+ s$/m,
  );
  expect(printed).toMatch(/^ {2}#1 {2}\S+Z {2}\d\.\d{3} s {2}503 {6}retry in 0\.001 s: SERVER_ERROR$/m);
  expect(printed).toMatch(/^ {2}#3 {2}.* 503 {6}fail: retries-exhausted$/m);
  expect(printed).toMatch(/^ {2}sent: yes, retryable: true$/m);
});

test('a printed failure shows its cause', async () => {
  const api = await service();
  await api.close();

  const printed = inspect(await new HTTPClient({ retryAttempts: 0 }).get(api.url).catch((error: unknown) => error));

  expect(printed.match(/^ {2}\[cause\]: Error: connect ECONNREFUSED/gm)).toHaveLength(1);
});
