import { AxiosHeaders, type AxiosRequestHeaders } from 'axios';
import { createException } from '../../src/errors/create';
import { parseProblem } from '../../src/errors/problem';
import { createResponse } from '../../src/call/create-response';
import { HTTPClient, type HTTPError, type HTTPResponse, isHTTPError } from '../../src/index';
import { failure } from '../support/outcome';
import { service } from '../support/service';

function answer(data: unknown, contentType?: string): HTTPResponse {
  const headers = new AxiosHeaders(contentType === undefined ? {} : { 'content-type': contentType });
  const config = { headers: headers as AxiosRequestHeaders };
  return createResponse({ status: 422, statusText: '', headers, data, config });
}

const TYPE = 'application/problem+json';

test('a problem document has its members and its extensions', () => {
  const document = {
    type: 'https://example.test/out-of-credit',
    title: 'You do not have enough credit.',
    status: 403,
    detail: 'Your balance is 30, but that costs 50.',
    instance: '/account/12345/msgs/abc',
    balance: 30,
    accounts: ['/account/12345'],
  };

  expect(parseProblem(answer(document, TYPE))).toEqual(document);
});

test.each([TYPE, 'Application/Problem+JSON', `${TYPE}; charset=utf-8`, `${TYPE} ;profile="a;b"`, ` ${TYPE}`])(
  'the media type may be %s',
  (type) => {
    expect(parseProblem(answer({ title: 'x' }, type))).toEqual({ type: 'about:blank', title: 'x' });
  },
);

test.each([
  undefined,
  'application/json',
  'text/html',
  'application/problem+xml',
  'application/problem+jsonx',
  'application/problem+json-seq',
  'application/vnd.api+json',
  'text/plain; type=application/problem+json',
])('the media type %s says that it is none', (type) => {
  expect(parseProblem(answer({ title: 'x' }, type))).toBeUndefined();
});

test.each([null, undefined, 'text', 5, [{ title: 'x' }]])('the body %j is none, whatever the media type', (data) => {
  expect(parseProblem(answer(data, TYPE))).toBeUndefined();
});

test('a member of the wrong type is ignored', () => {
  const document = { type: 5, title: ['x'], status: '403', detail: null, instance: {}, extension: null };

  expect(parseProblem(answer(document, TYPE))).toEqual({ type: 'about:blank', extension: null });
});

test.each([0, 99, 600, 403.5, -404, '403', null, NaN])('the status %p is none, and is ignored', (status) => {
  expect(parseProblem(answer({ status }, TYPE))).toEqual({ type: 'about:blank' });
});

test('an extension may bear any name', () => {
  const names = ['constructor', 'toString', 'hasOwnProperty', '__proto__', 'length', 'byteLength', 'x-1'];
  const document = JSON.parse(`{${names.map((name) => `"${name}":99999999`).join()}}`) as object;

  const problem = parseProblem(answer(document, TYPE));

  expect(Object.keys(problem ?? {}).sort()).toEqual([...names, 'type'].sort());
  expect(Object.getPrototypeOf(problem)).toBe(Object.prototype);
});

test('the header may be written in any letters', () => {
  const headers = { 'Content-Type': TYPE };
  const response = { status: 422, statusText: '', headers, data: { title: 'x' }, config: {} as never };

  expect(parseProblem(createResponse(response))).toMatchObject({ title: 'x' });
});

test.each([
  ['text', '{"title":"x"}'],
  ['bytes', Buffer.from('{"title":"x"}')],
  ['an ArrayBuffer', Uint8Array.from(Buffer.from('{"title":"x"}')).buffer],
])('a body that was asked for as %s is parsed', (_, data) => {
  expect(parseProblem(answer(data, TYPE))).toEqual({ type: 'about:blank', title: 'x' });
});

test.each(['{"title":', '', '"text"', '[1]'])('the body %j is no problem document', (data) => {
  expect(parseProblem(answer(data, TYPE))).toBeUndefined();
  expect(parseProblem(answer(Buffer.from(data), TYPE))).toBeUndefined();
});

test('a body of more than a mebibyte is not parsed', () => {
  const document = (length: number): string => `{"title":"${'x'.repeat(length - 12)}"}`;

  expect(parseProblem(answer(document(1024 * 1024), TYPE))).toHaveProperty('title');
  expect(parseProblem(answer(document(1024 * 1024 + 1), TYPE))).toBeUndefined();
  expect(parseProblem(answer(Buffer.from(document(1024 * 1024 + 1)), TYPE))).toBeUndefined();
});

test('an error without an answer has no problem', () => {
  expect(createException('SERVER_ERROR')).toMatchObject({ problem: undefined });
});

test('an HTTPError has the problem of its response', async () => {
  const headers = { 'content-type': TYPE };
  const api = await service([
    { status: 404, headers, body: '{"title":"gone"}' },
    { status: 404, body: 'gone' },
  ]);
  const client = new HTTPClient();
  const problems: unknown[] = [];

  for (let count = 0; count < 2; count++) {
    const error = await failure(client.get(api.url));
    problems.push(isHTTPError(error) && error.problem);
    expect(isHTTPError(error) && error.problem).toBe(problems.at(-1));
  }

  expect(problems).toEqual([{ type: 'about:blank', title: 'gone' }, undefined]);
});

test.each(['json', 'text', 'arraybuffer', 'stream'] as const)(
  'the problem is there with responseType %s',
  async (type) => {
    const api = await service([{ status: 409, headers: { 'content-type': TYPE }, body: '{"title":"gone"}' }]);

    const error = await failure(new HTTPClient().get(api.url, { responseType: type }));

    expect(error).toMatchObject({ code: 'CLIENT_ERROR', problem: { type: 'about:blank', title: 'gone' } });
  },
);

test('a problem is parsed when it is asked for, and once', () => {
  const parse = jest.spyOn(JSON, 'parse');
  const error = createException('CLIENT_ERROR', { response: answer('{"title":"x"}', TYPE) });
  expect(parse).not.toHaveBeenCalled();

  const problems = isHTTPError(error) ? [error.problem, error.problem] : [];

  expect(problems[0]).toBe(problems[1]);
  expect(parse).toHaveBeenCalledTimes(1);
  parse.mockRestore();
});

test('a document that was asked for as a Blob is not looked into', async () => {
  const headers = { 'Content-Type': 'application/problem+json' };
  const api = await service([{ status: 409, headers, body: '{"title":"Sold out"}' }]);

  const error = await failure(new HTTPClient().get(api.url, { responseType: 'blob' }));

  expect((error as HTTPError).problem).toBeUndefined();
});
