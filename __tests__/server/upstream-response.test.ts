import { ERROR_CODES, HTTPClient, type RequestException } from '../../src/index';
import { createException } from '../../src/errors/create';
import { upstreamResponse, upstreamSettings } from '../../src/server/upstream-response';
import { failure } from '../support/outcome';
import { service, type Answer } from '../support/service';
import { ROWS } from '../server/statuses';

const NOTHING = upstreamSettings({});
const SECRETS = /127\.0\.0\.1|internal|http:|[A-Z]+_[A-Z]+|secret/;

/** What a call to a service that answers so is rejected with. */
async function rejection(answer: Answer, retryAttempts = 0): Promise<RequestException> {
  const api = await service([answer]);
  return failure(new HTTPClient({ retry: { base: 0.001, factor: 1 }, retryAttempts }).get(`${api.url}/internal`));
}

function isWritable(value: unknown): boolean {
  try {
    return JSON.stringify(value) !== '';
  } catch {
    return false;
  }
}

describe('the table', () => {
  test('has a status for every code', () => {
    expect(ROWS.map(([code]) => code).sort()).toEqual(Object.keys(ERROR_CODES).sort());
  });

  test.each(ROWS)('answers %s with %i, and says nothing of what happened', (code, status) => {
    const { headers, body, ...answer } = upstreamResponse(createException(code, { detail: 'secret' }), NOTHING, 'id-1');

    expect(answer.status).toBe(status);
    expect(headers).toMatchObject({ 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' });
    expect(body).toMatchObject({ type: 'about:blank', status, requestId: 'id-1' });
    expect(Object.keys(body).sort()).toEqual(['detail', 'requestId', 'status', 'title', 'type']);
    expect(JSON.stringify({ headers, body })).not.toMatch(SECRETS);
  });

  test.each([
    [400, 502],
    [401, 502],
    [403, 502],
    [404, 502],
    [407, 502],
    [429, 503],
    [500, 502],
    [502, 502],
    [503, 503],
    [504, 504],
  ])('answers a %i of the other service with %i', async (theirs, ours) => {
    const answer = upstreamResponse(await rejection({ status: theirs, body: 'secret' }), NOTHING);

    expect(answer.status).toBe(ours);
    expect(JSON.stringify(answer)).not.toMatch(SECRETS);
  });

  test('takes a code that another copy of the package has for a failure of the other service', () => {
    const error = Object.assign(createException('REQUEST_FAILED'), { code: 'CIRCUIT_MADE_UP' });

    expect(upstreamResponse(error, NOTHING).status).toBe(502);
  });
});

test('each status has its title and a sentence of its own, and no id where there is no context', () => {
  const answers = (['INVALID_URL', 'SERVER_ERROR', 'CANCELLED', 'TIMEOUT'] as const).map(
    (code) => upstreamResponse(createException(code), NOTHING).body,
  );

  expect(answers.map(({ title }) => title)).toEqual([
    'Internal Server Error',
    'Bad Gateway',
    'Service Unavailable',
    'Gateway Timeout',
  ]);
  expect(new Set(answers.map(({ detail }) => detail)).size).toBe(4);
  expect(answers.every((body) => !('requestId' in body))).toBe(true);
});

describe('Retry-After', () => {
  test.each([
    ['in whole seconds', { status: 503, headers: { 'retry-after': '7' } }, '7'],
    ['for a 429 too', { status: 429, headers: { 'retry-after': '7' } }, '7'],
    ['as 0, where that was said', { status: 503, headers: { 'retry-after': '0' } }, '0'],
    ['as 1, where there was none', { status: 503 }, '1'],
    ['as 1, where it could not be understood', { status: 503, headers: { 'retry-after': 'soon' } }, '1'],
    ['bounded', { status: 503, headers: { 'retry-after': '9'.repeat(400) } }, '2147483648'],
  ])('is handed on %s', async (_, answer, expected) => {
    expect(upstreamResponse(await rejection(answer), NOTHING).headers['Retry-After']).toBe(expected);
  });

  test('is rounded up: a date lies within a second', () => {
    const error = createException('SERVER_ERROR', { retryAfter: 1.2 });

    expect(upstreamResponse(Object.assign(error, { status: 503 }), NOTHING).headers['Retry-After']).toBe('2');
  });

  test.each([500, 504])('is not part of an answer that is no 503: %i', async (status) => {
    const error = await rejection({ status, headers: { 'retry-after': '7' } });

    expect(upstreamResponse(error, NOTHING).headers).not.toHaveProperty('Retry-After');
  });
});

describe('X-Should-Retry', () => {
  test.each<[string, Answer, number, string | undefined]>([
    ['is false where retries are exhausted', { status: 500 }, 1, 'false'],
    ['is absent where retries are switched off', { status: 500 }, 0, undefined],
    ['is false where the other service said so', { status: 503, headers: { 'x-should-retry': 'false' } }, 3, 'false'],
    ['is false where the failure is none to be retried', { status: 404 }, 3, 'false'],
    ['is absent where a wait would be too long', { status: 503, headers: { 'retry-after': '99' } }, 3, undefined],
  ])('%s', async (_, answer, retryAttempts, expected) => {
    const error = await rejection(answer, retryAttempts);

    expect(upstreamResponse(error, NOTHING).headers['X-Should-Retry']).toBe(expected);
  });

  test('is absent where the service gave up itself: its caller may find another replica', () => {
    const { headers } = upstreamResponse(createException('CANCELLED'), NOTHING);

    expect(headers).toMatchObject({ 'Retry-After': '1' });
    expect(headers).not.toHaveProperty('X-Should-Retry');
  });

  test.each([
    ['is absent where the time was over before any retry was made', 0, undefined],
    ['is false where it was over amid the retries', 1, 'false'],
  ])('%s: its caller may have more', async (_, retryAttempts, expected) => {
    const api = await service([{ status: 503 }, { delay: 60_000 }]);
    const answers = retryAttempts === 0 ? `${api.url}/2` : api.url;
    if (retryAttempts === 0) await failure(new HTTPClient({ retryAttempts: 0 }).get(api.url));

    const error = await failure(new HTTPClient({ retry: { base: 0.001 }, deadline: 0.1 }).get(answers));

    expect(error).toMatchObject({ code: 'DEADLINE_EXCEEDED', retries: retryAttempts });
    expect(upstreamResponse(error, NOTHING).headers['X-Should-Retry']).toBe(expected);
  });

  test.each(['TOKEN_UNAVAILABLE', 'KEYS_UNAVAILABLE'] as const)(
    'is false for %s: its issuer was asked again',
    (code) => {
      expect(upstreamResponse(createException(code), NOTHING).headers['X-Should-Retry']).toBe('false');
    },
  );

  test('is false where a POST must not be repeated, which a retry of the caller would do', async () => {
    const api = await service([{ status: 500 }]);
    const client = new HTTPClient({ retry: { unsafeMethods: 'never' } });

    const error = await failure(client.post(`${api.url}/orders`));

    expect(upstreamResponse(error, NOTHING).headers['X-Should-Retry']).toBe('false');
  });
});

describe('an answer that is passed through', () => {
  const settings = upstreamSettings({ passThrough: [404, 409, 429] });
  const problem = { type: '/problems/stock', title: 'Sold out', status: 200, left: 0, requestId: 'theirs' };
  const headers = { 'content-type': 'application/problem+json' };

  test('keeps its status and its problem document', async () => {
    const error = await rejection({ status: 409, headers, body: JSON.stringify(problem) });

    expect(upstreamResponse(error, settings, 'ours')).toEqual({
      status: 409,
      headers: {
        'Content-Type': 'application/problem+json',
        'Cache-Control': 'no-store',
        'X-Should-Retry': 'false',
      },
      body: { type: '/problems/stock', title: 'Sold out', status: 409, left: 0, requestId: 'ours' },
    });
  });

  test('has a body of ours where it had no problem document', async () => {
    const error = await rejection({ status: 404, json: { secret: 'internal' } });

    const { status, body } = upstreamResponse(error, settings);

    expect(status).toBe(404);
    expect(body).toMatchObject({ type: 'about:blank', title: 'Not Found', status: 404 });
    expect(JSON.stringify(body)).not.toMatch(SECRETS);
  });

  test('with members of every name, is handed on as a document and no more', async () => {
    const body = '{"type":"urn:x","__proto__":{"status":200},"toJSON":"mine","status":"x"}';

    const answer = upstreamResponse(await rejection({ status: 404, headers, body }), settings);

    expect(JSON.parse(JSON.stringify(answer.body))).toEqual(JSON.parse(body.replace('"x"}', '404}')));
    expect(answer.body.status).toBe(404);
  });

  test('has a body of ours where its own is too deep to be written', async () => {
    const body = `{"type":"urn:deep","errors":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;

    const answer = upstreamResponse(await rejection({ status: 404, headers, body }), settings);

    // From Node 26 on no depth is too much.
    expect(answer.body).toMatchObject({ type: isWritable(JSON.parse(body)) ? 'urn:deep' : 'about:blank', status: 404 });
    expect(isWritable(answer.body)).toBe(true);
  });

  test.each([
    ['keeps its Retry-After', { 'retry-after': '7' }, '7'],
    ['gets none that it did not have', {}, undefined],
  ])('%s', async (_, given, expected) => {
    const answer = upstreamResponse(await rejection({ status: 429, headers: given }), settings);

    expect([answer.status, answer.headers['Retry-After']]).toEqual([429, expected]);
  });

  test('is no other one', async () => {
    expect(upstreamResponse(await rejection({ status: 403 }), settings).status).toBe(502);
  });
});

test.each([
  [[401], "must not contain 401, which concerns this service's credentials"],
  [[404, 407], "must not contain 407, which concerns this service's credentials"],
  [[399], 'must contain statuses from 400 to 499, got 399'],
  [[500], 'must contain statuses from 400 to 499, got 500'],
  [[404.5], 'must contain statuses from 400 to 499, got 404.5'],
  [['404'], "must contain statuses from 400 to 499, got '404'"],
  [404, 'must be a list of statuses, got 404'],
  [null, 'must be a list of statuses, got null'],
])('passThrough %j is refused', (passThrough, message) => {
  expect(() => upstreamSettings({ passThrough: passThrough as never })).toThrow(TypeError);
  expect(() => upstreamSettings({ passThrough: passThrough as never })).toThrow(message);
});
