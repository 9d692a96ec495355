import { PassThrough, Readable } from 'node:stream';
import { AxiosHeaders, type InternalAxiosRequestConfig } from 'axios';
import { Call } from '../../src/call/call';
import { HTTPClient } from '../../src/index';
import { freshBody, toWireRequest } from '../../src/wire/wire-request';

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

describe('the body of an attempt', () => {
  test.each([['text'], [new Uint8Array(1)], [new Blob([])], [new PassThrough()]])('is %p itself', (data) => {
    expect(freshBody(data, call)).toBe(data);
  });

  test.each([undefined, null])('is none for %p', (data) => {
    expect(freshBody(data, call)).toBeUndefined();
  });

  test('is what the function returns, anew each time', () => {
    const make = (): Readable => Readable.from(['a']);

    expect(freshBody(make, call)).toBeInstanceOf(Readable);
    expect(freshBody(make, call)).not.toBe(freshBody(make, call));
  });

  test.each([
    [5, 'got a number'],
    [{}, 'got an object'],
    [() => null, 'got null'],
    [() => () => 'a', 'got a function'],
    [Readable.from([]).destroy(), 'has already been read or destroyed'],
  ])('is refused if it is %p', (data, message) => {
    expect(() => freshBody(data, call)).toThrow(message);
  });

  test('is refused if the function throws, with what it threw', () => {
    const cause = new Error('no file');
    const make = (): never => {
      throw cause;
    };

    expect(() => freshBody(make, call)).toThrow(expect.objectContaining({ code: 'INVALID_BODY', cause }) as Error);
  });

  test('is refused if it is a promise, whose failure does not end the process', async () => {
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    const transformRequest = async (): Promise<never> => Promise.reject(new Error('no'));

    const sent = new HTTPClient().post('http://127.0.0.1:1/', { data: 'x', transformRequest });

    await expect(sent).rejects.toMatchObject({ code: 'INVALID_BODY', attempts: [{}] });
    await new Promise(setImmediate);
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});
