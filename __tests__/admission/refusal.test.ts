import { AxiosHeaders } from 'axios';
import { printWait, refusal } from '../../src/admission/refusal';
import { AttemptState } from '../../src/call/attempt-state';
import { Call } from '../../src/call/call';
import { CallNotPermitted } from '../../src/index';
import type { RequestConfig } from '../../src/plugins/plugin';
import { OriginState } from '../../src/resilience/origin-state';

const config = { url: '/users', headers: new AxiosHeaders() } as RequestConfig;

function attemptAt(key: string | undefined): AttemptState {
  const attempt = new AttemptState(new Call('GET', '/users?api_key=secret'));
  if (key !== undefined) attempt.origin = new OriginState(key);
  return attempt;
}

test('it is a CallNotPermitted of a request that was not sent, and names the origin', () => {
  const error = refusal('QUEUE_FULL', attemptAt('http://api:8000'), config, '{origin} is full', 2);

  expect(error).toBeInstanceOf(CallNotPermitted);
  expect(error).toMatchObject({ code: 'QUEUE_FULL', sent: 'no', retryable: false, retryAfter: 2 });
  expect(error.message).toMatch(/^GET \/users.*: http:\/\/api:8000 is full$/);
  expect(error.message).not.toMatch('secret');
});

test.each([
  ['http://api a tenant', 'http://api is full'],
  ['http://$& x', 'http://$& is full'],
  [undefined, 'this service is full'],
])('of the key %s it names the origin alone', (key, text) => {
  expect(refusal('QUEUE_FULL', attemptAt(key), config, '{origin} is full').message).toMatch(text);
});

test.each([
  [0, '0 s'],
  [1234.56, '1.235 s'],
  [60_000, '60 s'],
])('%d ms are %s', (milliseconds, text) => {
  expect(printWait(milliseconds)).toBe(text);
});
