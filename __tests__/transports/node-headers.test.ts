import http from 'node:http';
import { Socket } from 'node:net';
import { headersOf } from '../../src/transports/node-headers';
import { rawService } from '../support/raw-service';

test.each([
  ['as usual', ['Content-Type: text/plain', 'ETag: "1"', 'X-Request-Id: 1']],
  ['repeated', ['X-A: 1', 'x-a: 2', 'Via: a', 'via: b']],
  ['repeated, of which the first counts', ['Content-Type: text/plain', 'content-type: text/html', 'Age: 1', 'Age: 2']],
  ['cookies', ['Set-Cookie: a=1', 'set-cookie: b=2', 'X-A: 1']],
  ['one cookie', ['Set-Cookie: a=1']],
  ['empty', ['X-Empty:', 'X-A: 1']],
  ['names of methods', ['Get: 1', 'set: 2', 'Normalize: 3', 'toString: 4']],
  ['names of methods, repeated', ['Get: 1', 'Get: 2']],
  ['the name of the class, repeated', ['Constructor: 1', 'constructor: 2', 'X-A: 1']],
  ['outside ASCII', ['X-Name: J\u00fcrgen']],
])('headers that are %s are those that Node has', async (_, lines) => {
  const response = ['HTTP/1.1 200 OK', ...lines, 'Content-Length: 0', '', ''].join('\r\n');
  const api = await rawService((socket) => socket.write(response, 'latin1'));

  const message = await new Promise<http.IncomingMessage>((resolve, reject) => {
    http.get(api.url, { agent: false }, resolve).on('error', reject);
  });
  message.resume();

  const expected = Object.entries(message.headers);
  const read: [string, unknown][] = Object.entries(headersOf(message));
  expect(read.map(([name, value]) => [name.toLowerCase(), value])).toEqual(expected);
});

test('what is known of one response is not taken for another whose names are as long', () => {
  const read = (...rawHeaders: string[]): object => {
    const message = new http.IncomingMessage(new Socket());
    message.rawHeaders = rawHeaders;
    message.headers = { 'x-node': 'joined' };
    return Object.fromEntries(Object.entries(headersOf(message)));
  };

  expect(read('A', '1', 'B', '2')).toEqual({ a: '1', b: '2' });
  expect(read('A', '3', 'B', '4')).toEqual({ a: '3', b: '4' });
  expect(read('A', '1', 'C', '2')).toEqual({ a: '1', c: '2' });
  expect(read('A', '1', 'a', '2')).toEqual({ 'x-node': 'joined' });
  for (let response = 0; response < 2; response++) {
    expect(read('A', '1', 'Set-Cookie', '2')).toEqual({ 'x-node': 'joined' });
    expect(read('One', '1', 'A-Cookie', '2')).toEqual({ one: '1', 'a-cookie': '2' });
  }
  expect(read('A', '1')).toEqual({ a: '1' });
  expect(read('AA', '1')).toEqual({ aa: '1' });
  expect(read()).toEqual({});
});
