import { AxiosHeaders, type InternalAxiosRequestConfig } from 'axios';
import { Call } from '../../src/call/call';
import { toWireRequest } from '../../src/wire/wire-request';

const call = new Call('GET', 'http://a/');

function wire(config: Partial<InternalAxiosRequestConfig>): ReturnType<typeof toWireRequest> {
  return toWireRequest({ url: 'http://a/', headers: new AxiosHeaders(), ...config }, call);
}

test('a plain request says who sends it and what it can read', () => {
  const { method, url, headers, body } = wire({});

  expect([method, url.href, body]).toEqual(['GET', 'http://a/', undefined]);
  expect(headers).toEqual({ 'Accept-Encoding': 'gzip, deflate, br', 'User-Agent': 'hdms-http-client' });
});

test('headers of the caller stay, whatever their case', () => {
  const own = { 'accept-encoding': 'identity', 'USER-AGENT': 'tickets', 'X-List': ['a', 'b'] };

  expect(wire({ headers: new AxiosHeaders(own) }).headers).toEqual(own);
});

test('the method is in capitals, and user, password and fragment are not part of the URL', () => {
  const { method, url, headers } = wire({ method: 'patch', url: 'http://ada:p%40ss@a/b?c=1#d' });

  expect([method, url.href]).toEqual(['PATCH', 'http://a/b?c=1']);
  expect(headers['Authorization']).toBe(`Basic ${Buffer.from('ada:p@ss').toString('base64')}`);
});

test('auth replaces an Authorization header, as axios does', () => {
  const headers = new AxiosHeaders({ authorization: 'Bearer token' });
  const auth = { username: 'ada', password: '' };

  const authorization = Object.entries(wire({ headers, auth }).headers).filter(([name]) =>
    /^authorization$/i.test(name),
  );

  expect(authorization).toEqual([['Authorization', `Basic ${Buffer.from('ada:').toString('base64')}`]]);
});

test('the length of a Blob is known beforehand', () => {
  expect(wire({ data: new Blob(['ä']) }).headers['Content-Length']).toBe('2');
});

test.each([null, undefined, false])('a header that is %p is not sent, nor is its default', (none) => {
  const headers = new AxiosHeaders({ Accept: 'text/plain' });
  for (const name of ['user-agent', 'Accept-Encoding', 'Accept']) headers[name] = none as never;

  expect(wire({ headers }).headers).toEqual({});
});

test('options of the connection are passed on, and no others', () => {
  const httpAgent = {};

  const { connection } = wire({ httpAgent, family: 6, maxRedirects: 3 } as object);

  expect(connection).toMatchObject({ httpAgent, family: 6 });
  expect(connection).not.toHaveProperty('maxRedirects');
});
