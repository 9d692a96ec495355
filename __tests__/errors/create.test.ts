import { Call } from '../../src/call/call';
import { createException, type Facts } from '../../src/errors/create';
import { createResponse } from '../../src/call/create-response';

const call = new Call('GET', 'http://user:password@api.test/?token=abc&page=2');
const response = createResponse({ status: 503, statusText: '', headers: {}, data: '', config: {} as never }, call);

test('the message names the request, without its secrets, and says what happened', () => {
  const error = createException('TIMEOUT', { call, detail: 'no answer' });

  expect(error.message).toBe('GET http://api.test/?token=***&page=2: no answer');
  expect(error).toMatchObject({ method: 'GET', url: 'http://api.test/?token=***&page=2' });
});

test('a URL of 100,000 characters does not make such a message, and stays whole in `url`', () => {
  const url = `http://api.test/?ids=${'7,'.repeat(50_000)}`;

  const error = createException('TIMEOUT', { call: new Call('GET', url), detail: 'no answer' });

  expect(error.message).toMatch(/^GET http:\/\/api\.test\/\?ids=7,.*…: no answer$/);
  expect(error.message.length).toBeLessThan(2100);
  expect(error.url).toBe(url);
});

test('without details the message says what the table says', () => {
  expect(createException('TIMEOUT', { call }).message).toBe(
    'GET http://api.test/?token=***&page=2: the attempt took longer than its timeout',
  );
});

test('without a call the message says what happened', () => {
  expect(createException('CANCELLED')).toMatchObject({
    message: "the caller's signal ended the call",
    method: '',
    url: '',
    retries: 0,
    elapsed: 0,
    attempts: [],
    sent: 'no',
  });
});

test.each<[string, Facts]>([
  ['no', {}],
  ['no', { phase: 'connect' }],
  ['maybe', { phase: 'headers' }],
  ['yes', { phase: 'body' }],
  ['yes', { response }],
  ['yes', { response, phase: 'headers' }],
  ['no', { sent: 'no', phase: 'body' }],
])('sent is %s with %j', (sent, facts) => {
  expect(createException('CONNECTION_RESET', facts).sent).toBe(sent);
});

test('an exception has the facts it was made of', () => {
  const cause = new Error('why');
  const config = { headers: {} } as never;
  const error = createException('SERVER_ERROR', { call, cause, config, response, request: 'request', retryAfter: 3 });

  expect(error).toMatchObject({ status: 503, request: 'request', retryAfter: 3, retryable: true });
  expect([error.cause, error.config, error.response]).toEqual([cause, config, response]);
  expect(Object.keys(error)).not.toEqual(expect.arrayContaining(['cause', 'config', 'request', 'response']));
});

test('plugins may write to config, request and response', () => {
  const error = createException('CONNECTION_RESET');
  const config = { headers: {} } as never;

  Object.assign(error, { config, request: 'mine', response });

  expect([error.config, error.request, error.response]).toEqual([config, 'mine', response]);
  expect(Object.keys(error)).not.toEqual(expect.arrayContaining(['config', 'request', 'response']));
});

test('an exception as JSON has a phase only where its class has one', () => {
  expect(JSON.parse(JSON.stringify(createException('SERVER_ERROR', { response })))).toMatchObject({ status: 503 });
  expect(JSON.parse(JSON.stringify(createException('SERVER_ERROR')))).not.toHaveProperty('phase');
});

test('an exception as JSON has what a log needs', () => {
  const error = createException('TIMEOUT', { call, phase: 'body' });

  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: 'Timeout',
    message: error.message,
    code: 'TIMEOUT',
    method: 'GET',
    url: 'http://api.test/?token=***&page=2',
    phase: 'body',
    sent: 'yes',
    retryable: true,
    retries: 0,
    elapsed: error.elapsed,
    attempts: [],
  });
});
