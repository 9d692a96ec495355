import { AxiosHeaders, type AxiosRequestHeaders } from 'axios';
import { parseProblem } from '../../src/errors/problem';
import { HTTPClient, HTTPResponse, isHTTPError } from '../../src/index';
import { service } from '../support/service';

function answer(data: unknown, contentType?: string): HTTPResponse {
  const headers = new AxiosHeaders(contentType === undefined ? {} : { 'content-type': contentType });
  const config = { headers: headers as AxiosRequestHeaders };
  return new HTTPResponse({ status: 422, statusText: '', headers, data, config }, undefined);
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

test.each([TYPE, 'Application/Problem+JSON', `${TYPE}; charset=utf-8`])('the media type may be %s', (type) => {
  expect(parseProblem(answer({ title: 'x' }, type))).toEqual({ type: 'about:blank', title: 'x' });
});

test.each([undefined, 'application/json', 'text/html', 'application/problem+xml', 'application/problem+jsonx'])(
  'the media type %s says that it is none',
  (type) => {
    expect(parseProblem(answer({ title: 'x' }, type))).toBeUndefined();
  },
);

test.each([null, undefined, 'text', 5, [{ title: 'x' }]])('the body %j is none, whatever the media type', (data) => {
  expect(parseProblem(answer(data, TYPE))).toBeUndefined();
});

test('a member of the wrong type is ignored', () => {
  const document = { type: 5, title: ['x'], status: '403', detail: null, instance: {}, extension: null };

  expect(parseProblem(answer(document, TYPE))).toEqual({ type: 'about:blank', extension: null });
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
    const error: unknown = await client.get(api.url).catch((thrown: unknown) => thrown);
    problems.push(isHTTPError(error) && error.problem);
  }

  expect(problems).toEqual([{ type: 'about:blank', title: 'gone' }, undefined]);
});
