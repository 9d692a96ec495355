import type { InternalAxiosRequestConfig } from 'axios';
import { toAxiosHeaders } from '../../src/wire/axios-headers';

const given = { 'X-Id': '1', 'Transfer-Encoding': 'chunked', Connection: 'close' };
const url = new URL('http://api.internal:8080/things');
const headersFor = (config: object, headers: Record<string, string> = given): unknown =>
  toAxiosHeaders({ headers, url }, config as InternalAxiosRequestConfig).toJSON(false);

test('axios adds no headers', () => {
  const headers = toAxiosHeaders({ headers: { 'User-Agent': 'mine' }, url }, {} as InternalAxiosRequestConfig);

  expect(headers.get('User-Agent')).toBe('mine');
  expect(headers.get('Accept-Encoding')).toBe(false);
});

test.each([
  [1, given],
  [2, { 'X-Id': '1' }],
  ['2', { 'X-Id': '1' }],
])('with httpVersion %p the headers are %j', (httpVersion, expected) => {
  expect(headersFor({ httpVersion })).toEqual(expected);
});

test.each([
  [{ 'X-Id': '1' }, { 'X-Id': '1', Host: 'api.internal:8080' }],
  [{ host: 'other.internal' }, { host: 'other.internal' }],
])('over a Unix socket, %j has the host of the URL unless it has its own', (headers, expected) => {
  expect(headersFor({ socketPath: '/run/api.sock' }, headers)).toEqual(expected);
  expect(headersFor({ socketPath: null }, headers)).toEqual(headers);
});
