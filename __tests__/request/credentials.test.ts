import { AxiosHeaders, type InternalAxiosRequestConfig } from 'axios';
import { HTTPClient } from '../../src/index';
import { basicAuthorization, basicCredentials, hasCredentials } from '../../src/request/credentials';
import { service } from '../support/service';

function config(
  options: Partial<InternalAxiosRequestConfig>,
  headers: Record<string, string> = {},
): InternalAxiosRequestConfig {
  return { ...options, headers: new AxiosHeaders(headers) };
}

test.each([
  ['a header', config({ url: 'http://a' }, { authorization: 'Digest x' })],
  ['auth', config({ url: 'http://a', auth: { username: 'ada', password: '' } })],
])('%s is a credential of the caller', (_, request) => {
  expect(hasCredentials(request)).toBe(true);
});

test.each([
  ['nothing', config({})],
  ['an empty header', config({ url: 'http://a' }, { Authorization: '' })],
])('%s is none', (_, request) => {
  expect(hasCredentials(request)).toBe(false);
});

test('auth comes before the URL, and before a header', () => {
  const request = config({ auth: { username: 'ada', password: 'pw' } }, { Authorization: 'Bearer x' });

  expect(basicCredentials(request, new URL('http://bob:secret@user-service'))).toBe('ada:pw');
});

test('a header comes before the URL', () => {
  const request = config({}, { Authorization: 'Bearer x' });

  expect(basicCredentials(request, new URL('http://bob:secret@user-service'))).toBeUndefined();
});

test('the credentials of a URL are decoded', () => {
  expect(basicCredentials(config({}), new URL('http://a%40b:p%3Aw@user-service'))).toBe('a@b:p:w');
  expect(basicCredentials(config({}), new URL('http://bob@user-service'))).toBe('bob:');
});

test('what cannot be decoded is taken as it is', () => {
  expect(basicCredentials(config({}), new URL('http://50%:off@user-service'))).toBe('50%:off');
});

test('a URL without credentials has none', () => {
  expect(basicCredentials(config({}), new URL('http://user-service'))).toBeUndefined();
});

test('a call with `auth: null` has none, so that it sends the token', async () => {
  const api = await service();
  const client = new HTTPClient({ token: 'token', auth: { username: 'ada', password: 'pw' } });

  await client.get(api.url);
  await client.get(api.url, { auth: null });

  expect(api.requests.map(({ headers }) => headers.authorization)).toEqual(['Basic YWRhOnB3', 'Bearer token']);
});

test('an Authorization header has user and password as UTF-8 in base 64', () => {
  expect(basicAuthorization('ada:pässword')).toBe('Basic YWRhOnDDpHNzd29yZA==');
});
