import { ServerResponse, type IncomingMessage } from 'node:http';
import { inspect } from 'node:util';
import type { ErrorRequestHandler } from 'express';
import { HTTPClient, type HTTPResponse, RequestException } from '../../src/index';
import * as create from '../../src/errors/create';
import { requestContext, upstreamErrors } from '../../src/express';
import { ROWS } from '../server/statuses';
import { failure } from '../support/outcome';
import { service, type Answer } from '../support/service';
import { app, EXPRESSES, route, type Express } from './expresses';

const { createException } = create;
const TOKEN = 'a-secret-token';
const edge = new HTTPClient({ retryAttempts: 0, validateStatus: null });
const client = new HTTPClient({ retry: { base: 0.001, factor: 1 }, timeout: 0.3, retryAttempts: 1, token: TOKEN });

afterAll(() => {
  edge.close();
  client.close();
});

const silent = { log: (): void => undefined };

/** What an app answers whose only route throws `error`. */
async function answerTo(express: Express, error: unknown, options = silent): Promise<HTTPResponse<object>> {
  const throws = route(() => {
    throw error;
  });
  return edge.get(await app(express, requestContext(), throws, upstreamErrors(options)));
}

/** What an app answers that calls a service which answers so. */
async function answerFor(express: Express, answer: Answer, options = {}): Promise<HTTPResponse<object>> {
  const api = await service([answer]);
  const calls = route(async (_, response) => response.json(await client.getJson(`${api.url}/internal`)));
  return edge.get(await app(express, requestContext(), calls, upstreamErrors({ ...silent, ...options })));
}

describe.each(EXPRESSES)('in %s', (_name, express) => {
  test.each(ROWS)('%s is a %i with a problem document', async (code, status) => {
    const answer = await answerTo(express, createException(code, { detail: 'secret' }));

    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['retry-after']).toBe(status === 503 ? '1' : undefined);
    expect(answer.data).toMatchObject({
      type: 'about:blank',
      status,
      requestId: String(answer.headers['x-request-id']),
    });
    expect(inspect(answer.data)).not.toContain('secret');
  });

  test.each<[string, Answer, number, object]>([
    ['a 500', { status: 500 }, 502, { 'x-should-retry': 'false' }],
    ['a 503', { status: 503, headers: { 'retry-after': '0' } }, 503, { 'retry-after': '0', 'x-should-retry': 'false' }],
    ['a 429 that would take too long', { status: 429, headers: { 'retry-after': '31' } }, 503, { 'retry-after': '31' }],
    ['a 401 for our token', { status: 401, headers: { 'www-authenticate': 'Bearer' } }, 502, {}],
    ['a 403 for our token', { status: 403 }, 502, { 'x-should-retry': 'false' }],
    ['no answer in time', { delay: Infinity }, 504, { 'x-should-retry': 'false' }],
    ['a connection that closes', { hangUp: true }, 502, { 'x-should-retry': 'false' }],
    ['HTML for JSON', { body: '<h1>Welcome</h1>' }, 502, { 'x-should-retry': 'false' }],
  ])('%s of the other service becomes an answer of ours', async (_, theirs, status, headers) => {
    const answer = await answerFor(express, theirs);

    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject(headers);
    expect(answer.headers).not.toHaveProperty('www-authenticate');
    expect(JSON.stringify(answer.data)).not.toMatch(/127\.0\.0\.1|internal|Welcome|[A-Z]{3}/);
  });

  test('what is chosen passes through, with its problem document, and is not logged', async () => {
    const log = jest.fn();
    const problem = { type: '/problems/stock', title: 'Sold out', left: 0 };
    const theirs = { status: 409, headers: { 'content-type': 'application/problem+json' } };

    const answer = await answerFor(
      express,
      { ...theirs, body: JSON.stringify(problem) },
      { passThrough: [404, 409], log },
    );

    expect(answer.status).toBe(409);
    expect(answer.data).toEqual({ ...problem, status: 409, requestId: String(answer.headers['x-request-id']) });
    expect(log).not.toHaveBeenCalled();
  });

  test('an error of anything else goes on as it is', async () => {
    const seen: unknown[] = [];
    const mistake = Object.assign(new Error('mine'), { code: 'TIMEOUT', status: 418 });
    const next: ErrorRequestHandler = (error, _, response, __) => {
      seen.push(error);
      response.status(418).end();
    };
    const log = jest.fn();
    const throws = route(() => {
      throw mistake;
    });

    const { status } = await edge.get(await app(express, throws, upstreamErrors({ log }), next));

    expect(status).toBe(418);
    expect(seen[0]).toBe(mistake);
    expect(log).not.toHaveBeenCalled();
  });

  test('a failure after the answer has begun goes on, and ends the connection', async () => {
    const seen: unknown[] = [];
    const error = createException('TIMEOUT');
    const next: ErrorRequestHandler = (thrown, _, __, goOn) => {
      seen.push(thrown);
      goOn(thrown);
    };
    const begins = route((_, response) => {
      response.write('part');
      throw error;
    });
    const url = await app(express, begins, upstreamErrors(silent), next);

    expect(await failure(edge.get(url))).toMatchObject({ code: 'BODY_TRUNCATED' });
    expect(seen).toEqual([error]);
  });

  test('what a handler had said of its own body does not go out', async () => {
    const gives = route((_, response) => {
      response
        .type('csv')
        .set({ ETag: '"1"', 'Content-Encoding': 'gzip', Location: '/new', Expires: '0', Link: '</a>' });
      throw createException('TIMEOUT');
    });

    const answer = await edge.get(await app(express, gives, upstreamErrors(silent)));

    expect(answer.headers).toMatchObject({ 'content-type': 'application/problem+json' });
    for (const name of ['etag', 'location', 'expires', 'link']) expect(answer.headers).not.toHaveProperty(name);
    expect(answer.data).toMatchObject({ status: 504 });
  });

  test.each<[string, () => void]>([
    ['throws', () => { throw new Error('the log is full'); }],
    ['rejects', () => Promise.reject(new Error('the log is full'))],
  ])('a log that %s does not take the answer from the caller, not even amid an upload', async (_, log) => {
    const printed = jest.spyOn(console, 'error').mockReturnValue();
    const throws = route(() => {
      throw createException('TIMEOUT');
    });
    const url = await app(express, throws, upstreamErrors({ log }));

    const { status, data } = await edge.post(url, { data: Buffer.alloc(3_000_000) });

    expect([status, data]).toMatchObject([504, { status: 504 }]);
    expect(printed.mock.calls).toEqual([[new Error('the log is full')]]);
    printed.mockRestore();
  }); // prettier-ignore

  test('without the middleware there is an answer too, without an id', async () => {
    const throws = route(() => {
      throw createException('TIMEOUT');
    });

    const { status, data } = await edge.get(await app(express, throws, upstreamErrors(silent)));

    expect(status).toBe(504);
    expect(data).not.toHaveProperty('requestId');
  });

  test('each failure is logged with its request and the id of that, and prints without secrets', async () => {
    const logged: [RequestException, IncomingMessage, string | undefined][] = [];
    const log = (...entry: (typeof logged)[number]): void => void logged.push(entry);

    const { headers } = await answerFor(express, { status: 500, headers: { 'x-secret': TOKEN } }, { log });

    expect(logged).toMatchObject([
      [{ code: 'SERVER_ERROR', retries: 1 }, { url: '/', method: 'GET' }, String(headers['x-request-id'])],
    ]);
    expect(inspect(logged[0]?.[0], { depth: 9, showHidden: true })).not.toContain(TOKEN);
  });

  test('by default a failure is logged as Express itself does, with the id that its caller was given', async () => {
    const print = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const error = createException('TIMEOUT');

    const { headers } = await answerTo(express, error, {} as typeof silent);
    upstreamErrors()(error, {} as IncomingMessage, new ServerResponse({} as IncomingMessage), jest.fn());

    expect(print.mock.calls).toEqual([['Request %s:', headers['x-request-id'], error], [error]]);
    print.mockRestore();
  });

  test('an exception of another copy of the package is known', async () => {
    const another = ofAnotherCopy();

    const answer = await answerTo(express, another);

    expect(another).not.toBeInstanceOf(RequestException);
    expect(answer.status).toBe(502);
  });
});

/** An exception as it comes from a second copy of the package, as two versions of it in one node_modules make it. */
function ofAnotherCopy(): RequestException {
  let error = createException('CONNECTION_REFUSED');
  jest.isolateModules(() => {
    const copy = jest.requireActual<typeof create>('../../src/errors/create');
    error = copy.createException('CONNECTION_REFUSED');
  });
  return error;
}

test.each([
  [{ passThrough: [401] }, "concerns this service's credentials"],
  [{ passthrough: [404] }, 'Did you mean `passThrough`?'],
  [{ log: false }, 'Option `log` must be a function, got false'],
  [[404], 'Options must be an object'],
])('wrong options are refused when the handler is made: %j', (options, message) => {
  expect(() => upstreamErrors(options as never)).toThrow(message);
});
