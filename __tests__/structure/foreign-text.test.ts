import { tokenComplaint } from '../../src/checks/token';
import { inboundToken, runInContext } from '../../src/context/run-in-context';
import { parseTimeout, timeoutHeaderOf } from '../../src/context/timeout-header';
import { boundBaggage, boundTracestate, parseTraceparent } from '../../src/context/traceparent';
import { createException } from '../../src/errors/create';
import { printException } from '../../src/errors/print';
import { CallView } from '../../src/events/call-view';
import { targetOf } from '../../src/request/url';
import { findJSONError } from '../../src/response/json-error';
import { parseRetryAfter } from '../../src/response/retry-after';
import { forbidsRetry } from '../../src/response/should-retry';
import { parseStructuredList } from '../../src/response/structured-list';
import { describeIssues } from '../../src/schema/describe-issues';
import { validator } from '../../src/schema/validator';
import { authentication } from '../../src/server/authentication';
import { jwtExpiry } from '../../src/util/jwt-expiry';
import { redactHeaders } from '../../src/util/redact';
import { safeQuote } from '../../src/util/safe-quote';
import { isExcluded } from '../../src/transports/proxy/no-proxy';
import { codingsOf } from '../../src/wire/decoding';
import { toData } from '../../src/wire/wire-response';
import { Call } from '../../src/call/call';
import { expectLinear } from '../support/linear';

type Read = (text: string) => unknown;

const authenticate = authentication({ secret: 'a'.repeat(32), issuer: 'i', audience: 'a' });
const CALL = new Call('GET', 'http://a.test');

/** What reads text that others wrote, and the beginning and end of a text that lead it furthest. */
const READERS: Record<string, [read: Read, ...around: (readonly [string, string])[]]> = {
  'a JSON body': [findJSONError, ['', ''], ['"', ''], ['[', ''], ['{"a":"', '"']],
  'Retry-After': [(text) => parseRetryAfter(text, 0), ['', 'x'], ['Mon, 01 Jan ', ''], ['1', 'x']],
  'X-Should-Retry': [(text) => forbidsRetry({ 'x-should-retry': text }), ['', ''], [',', 'x'], ['false', 'x']],
  RateLimit: [parseStructuredList, ['', ''], ['a', 'x'], ['"a";q=', 'x']],
  'Content-Type': [
    (text) => toData(Buffer.from('x'), {}, { status: 200, headers: { 'content-type': text } }),
    ['', ''],
    ['application/json', 'x'],
    ['text/plain; charset=', '"'],
    ['text/plain; charset="', ''],
  ],
  'Content-Encoding': [
    (text) => codingsOf({ status: 200, headers: { 'content-encoding': text } }, {}),
    ['', ''],
    [',', ' '],
    ['gzip,', 'x'],
  ],
  traceparent: [parseTraceparent, ['', ''], [`01-${'a'.repeat(32)}-${'b'.repeat(16)}-01-`, '\n']],
  tracestate: [boundTracestate, ['', ''], ['a=1,', '']],
  baggage: [boundBaggage, ['', ''], ['a=1,', '']],
  'X-Request-Timeout-Ms': [(text) => parseTimeout(timeoutHeaderOf('x'), text), ['', ''], ['1', 'x']],
  'the inbound Authorization': [(authorization) => runInContext({ authorization }, inboundToken), ['Bearer ', ' x']],
  "a caller's token": [async (text) => authenticate(text).catch(() => undefined), ['Bearer ', '\n'], ['Bearer a.', '']],
  'a token of an issuer': [(text) => [tokenComplaint(text), jwtExpiry(text)], ['', ' '], ['a.', '.c']],
  'a base URL': [
    (text) => {
      try {
        return targetOf({ url: '/x', baseURL: `http://a.test${text}` } as never, CALL);
      } catch {
        return undefined;
      }
    },
    ['', ''],
    ['/', 'x'],
  ],
  'the base URL before a template': [
    (text) => {
      const source = { template: '/{id}', target: { base: `http://a.test${text}` } };
      return new CallView(source as never, {} as never).template;
    },
    ['/', '/x'],
  ],
  'the name of a host beside NO_PROXY': [
    (hostname) => isExcluded({ protocol: 'http:', hostname, port: '' }, '10.0.0.0/8,.a.test,b.test'),
    ['', ''],
    ['a.', '.test'],
  ],
  'the message of a schema': [
    (message) => describeIssues([{ message, path: ['a'] }], { a: message }),
    ['', ''],
    ['', ' but received x'],
    ['"', ' is not valid JSON'],
    ['(', ''],
  ],
  'the message of an error': [
    (detail) => printException(createException('REQUEST_FAILED', { detail, call: CALL }), String),
    ['', ''],
    ['    at ', ''],
  ],
  'the message of a cause': [
    (message) => createException('INTERCEPTOR_FAILED', { cause: new Error(message), detail: message }),
    ['', ''],
    ['', '://'],
    ['error:', ''],
    ['error:0A00010B:', ''],
    ['http://', ''],
    ['EPROTO ', 'x'],
    ['"', '" is not valid JSON'],
    ['token: {"', ''],
  ],
  'a header that is printed': [
    (text) =>
      redactHeaders([
        ['x', text],
        ['location', text],
        [text, 'x'],
      ]),
    ['', ''],
    ['<', ''],
    ['<a?', ''],
    ['url=', ''],
  ],
  'a body that is quoted': [(text) => safeQuote(text, 500), ['', ''], ['{"token":"', ''], ['Bearer ', '']],
};

const ROWS = Object.entries(READERS).flatMap(([what, [read, ...around]]) =>
  around.map(([prefix, suffix]) => [what, prefix, suffix, read] as const),
);

test.each(ROWS)('%s is read in a time that grows with its length: %j … %j', (_, prefix, suffix, read) => {
  expectLinear(read, prefix, suffix);
});

test('the stack of an error that a schema throws is cut in such a time', async () => {
  const check = async (message: string): Promise<unknown> => {
    const schema = { '~standard': { version: 1 as const, vendor: 'x', validate: () => { throw new Error(message); } } }; // prettier-ignore
    return validator(schema, 'GET', 'http://a.test')({}).catch((error: unknown) => error);
  };
  const text = '\n    at x'.repeat(8000);
  const startedAt = performance.now();

  const error = (await check(text)) as Error;

  expect(performance.now() - startedAt).toBeLessThan(1000);
  expect((error.cause as Error).stack).toMatch(/^Error: \n {4}at /);
});
