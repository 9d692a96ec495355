import { Call } from '../../src/call/call';
import { createException } from '../../src/errors/create';
import { publishCallEnd } from '../../src/events/publish';
import { HTTPClient, type ErrorCode, type RequestException } from '../../src/index';
import { service } from '../support/service';
import { linesWith, logging } from './lines';

/** Made once, because their stack takes time. */
const ERRORS: Partial<Record<ErrorCode, RequestException>> = {};

/** Publishes the end of calls as the core does. */
function end(times: number, code?: ErrorCode, client = { id: 1, name: 'users' }): void {
  const error = code && (ERRORS[code] ??= createException(code));
  for (let i = 0; i < times; i++) {
    const call = new Call('GET', 'http://users.test/', Infinity, undefined, client);
    publishCallEnd(call, error ? { error } : { response: { status: 200 } });
  }
}

afterEach(() => jest.useRealTimers());

test('10,000 failures in a second make 51 lines whose counts add up', () => {
  jest.useFakeTimers();
  const lines = linesWith();

  end(10_000, 'TIMEOUT');
  expect(lines).toHaveLength(50);
  jest.advanceTimersByTime(1000);

  expect(lines.at(-1)).toEqual({
    level: 'error',
    fields: { client: 'users', code: 'TIMEOUT', suppressed: 9950 },
    message: 'users: 9950 more calls in a second: TIMEOUT',
  });
  expect(lines).toHaveLength(51);
});

test('clients and codes are counted apart; what is too many has the level of what it counts', () => {
  const lines = linesWith({ perSecond: 1 });

  end(2, 'TIMEOUT');
  end(3, 'CLIENT_ERROR');
  end(4, 'TIMEOUT', { id: 2, name: 'orders' });

  expect(lines.map(({ level, fields }) => [level, fields['client'], fields['code']])).toEqual([
    ['error', 'users', 'TIMEOUT'],
    ['warn', 'users', 'CLIENT_ERROR'],
    ['error', 'orders', 'TIMEOUT'],
  ]);
});

test('stop tells the rest at once, and then there are no lines any more', () => {
  const lines: unknown[][] = [];
  const stop = logging((...line) => lines.push(line), { perSecond: 2 });
  end(5, 'TIMEOUT');
  end(3, 'CLIENT_ERROR', { id: 2, name: undefined as never });

  stop();
  end(5, 'TIMEOUT');
  stop();

  expect(lines.slice(4)).toEqual([
    ['error', { client: 'users', code: 'TIMEOUT', suppressed: 3 }, 'users: 3 more calls in a second: TIMEOUT'],
    ['warn', { code: 'CLIENT_ERROR', suppressed: 1 }, '1 more call in a second: CLIENT_ERROR'],
  ]);
});

test('beyond a thousand clients, the others are counted together', () => {
  const lines = linesWith({ perSecond: 1 });

  for (let id = 1; id <= 3000; id++) end(1, 'TIMEOUT', { id, name: undefined as never });

  // One for each of the first thousand, and one for all others.
  expect(lines).toHaveLength(1001);
});

test('what is too many of successes is told as such', () => {
  const lines: unknown[][] = [];
  const stop = logging((...line) => lines.push(line), { successes: true, perSecond: 1 });

  end(3);
  stop();

  expect(lines.at(-1)).toEqual([
    'debug',
    { client: 'users', suppressed: 2 },
    'users: 2 more calls in a second: success',
  ]);
});

test('of successes, none, all or a share that is spread evenly', () => {
  const [none, all, some, tenth] = [undefined, true, 0.25, 0.1].map((successes) => linesWith({ successes, perSecond: Infinity })); // prettier-ignore

  end(100);

  expect([none, all, some, tenth].map((lines) => lines?.length)).toEqual([0, 100, 25, 10]);
});

test('a level may be another one, or none', async () => {
  const lines = linesWith({ levels: { failure: 'warn', callerFault: false, cancelled: 'debug', retried: false } });
  const api = await service([{ status: 503 }, { status: 200 }]);
  const client = new HTTPClient({ retry: { base: 0.001 } });

  await client.get(api.url);
  end(1, 'TIMEOUT');
  end(1, 'CLIENT_ERROR');
  end(1, 'CANCELLED');

  expect(lines.map(({ level }) => level)).toEqual(['warn', 'debug']);
  client.close();
});

test.each<[string, () => unknown]>([
  ['throws', () => { throw new Error('the disk is full'); }],
  ['rejects', () => Promise.reject(new Error('the disk is full'))],
])('a logger that %s harms no call, and there is one warning', async (_, fail) => {
  const warnings = jest.spyOn(process, 'emitWarning').mockImplementation();
  logging(fail, { successes: true });
  const api = await service();
  const client = new HTTPClient();

  await expect(client.get(api.url)).resolves.toMatchObject({ status: 200 });
  await expect(client.get(api.url)).resolves.toMatchObject({ status: 200 });

  const text = 'a line of logCalls() could not be written: Error: the disk is full';
  expect(warnings.mock.calls).toEqual([[text, { type: 'LogCallsWarning', code: 'HDMS_LOG_CALLS' }]]);
  warnings.mockRestore();
  client.close();
}); // prettier-ignore

test('the warning shows no secret of what a logger throws', async () => {
  const warnings = jest.spyOn(process, 'emitWarning').mockImplementation();
  logging(() => Promise.reject(new Error('POST https://ada:hunter2@logs.internal/in: 401')));

  end(1, 'TIMEOUT');

  await new Promise(setImmediate);
  const text = 'a line of logCalls() could not be written: Error: POST https://logs.internal/in: 401';
  expect(warnings.mock.calls).toEqual([[text, { type: 'LogCallsWarning', code: 'HDMS_LOG_CALLS' }]]);
  warnings.mockRestore();
});

test.each<[string, () => object]>([
  ['throw', () => { throw new Error('no tenant'); }],
  ['are no object', () => 'tenant' as never],
  ['cannot be read', () => ({ get tenant() { throw new Error('no tenant'); } })],
  ['are a promise', () => Promise.resolve({ tenant: 7 })],
  ['are a promise that is rejected', () => Promise.reject(new Error('no tenant'))],
])('further fields that %s are left out, with one warning', async (_, fields) => {
  const warnings = jest.spyOn(process, 'emitWarning').mockImplementation();
  const lines = linesWith({ fields });

  end(2, 'TIMEOUT');

  // An unhandled rejection would end the process.
  await new Promise(setImmediate);
  expect(lines.map((line) => line.fields['code'])).toEqual(['TIMEOUT', 'TIMEOUT']);
  expect(warnings).toHaveBeenCalledTimes(1);
  warnings.mockRestore();
}); // prettier-ignore

test('further fields may depend on the call and its end', () => {
  const lines = linesWith({ fields: ({ method }, { error }) => ({ what: `${method} ${error?.name}` }) });

  end(1, 'TIMEOUT');

  expect(lines[0]?.fields['what']).toBe('GET Timeout');
});
