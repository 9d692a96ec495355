import type { InternalAxiosRequestConfig } from 'axios';
import { toAxiosHeaders } from '../../src/wire/axios-headers';

const given = { 'X-Id': '1', 'Transfer-Encoding': 'chunked', Connection: 'close' };
const headersFor = (config: object): unknown =>
  toAxiosHeaders(given, config as InternalAxiosRequestConfig).toJSON(false);

test('axios adds no headers', () => {
  const headers = toAxiosHeaders({ 'User-Agent': 'mine' }, {} as InternalAxiosRequestConfig);

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
