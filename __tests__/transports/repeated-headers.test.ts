import http from 'node:http';
import { undici } from '../../src/transports/undici';
import { HTTPClient } from '../../src/index';
import { readAsNode } from '../../src/transports/repeated-headers';
import { rawService } from '../support/raw-service';

const NAMES = [
  'Age', 'Authorization', 'Content-Type', 'ETag', 'Expires', 'From', 'Host', 'If-Modified-Since', 'If-Unmodified-Since',
  'Last-Modified', 'Location', 'Max-Forwards', 'Proxy-Authorization', 'Referer', 'Retry-After', 'Server', 'User-Agent',
  'Set-Cookie', 'Cookie', 'Date', 'Vary', 'Origin', 'Expect', 'Accept', 'Upgrade', 'If-Match', 'Cache-Control', 'Allow',
  'If-None-Match', 'Accept-Encoding', 'Content-Encoding', 'X-Forwarded-For', 'Link', 'WWW-Authenticate', 'X-Custom',
  'Content-Disposition', 'Content-Language', 'Warning', 'Via', 'toString', 'constructor', '__proto__', 'SET-COOKIE',
]; // prettier-ignore

test.each([
  [1, ''],
  [2, ''],
  [3, ''],
  [1, ' \t '],
  [2, ' '],
])('undici reads headers that come %i times, with %j at the end, as node:http does', async (times, end) => {
  const lines = NAMES.flatMap((name) => Array.from({ length: times }, (_, index) => `${name}: v${index}é${end}`));
  const head = ['HTTP/1.1 200 OK', ...lines, 'Connection: close', '', ''].join('\r\n');
  const api = await rawService((socket) => socket.end(head, 'latin1'));
  const expected = await new Promise<object>((resolve) => {
    http.get(api.url, (response) => {
      resolve({ ...response.resume().headers });
    });
  });

  const client = new HTTPClient({ transport: undici(), retryAttempts: 0, decompress: false });
  const { headers } = await client.head(api.url);

  // Of axios's own methods, it stores headers with a capital.
  const known = (name: string): boolean => !['tostring', 'constructor', '__proto__'].includes(name.toLowerCase());
  const entries = Object.entries(headers).filter(([name]) => known(name));
  expect(Object.fromEntries(entries)).toEqual(
    Object.fromEntries(Object.entries(expected).filter(([name]) => known(name))),
  );
});

test.each([
  ['location', ['/a', '/b'], '/a'],
  ['cache-control', ['no-cache', 'no-store'], 'no-cache, no-store'],
  ['cookie', ['a=1', 'b=2'], 'a=1; b=2'],
  ['set-cookie', 'a=1', ['a=1']],
  ['set-cookie', ['a=1', 'b=2'], ['a=1', 'b=2']],
  ['x-one', 'v', 'v'],
  ['x-one', 'v w \t', 'v w'],
  ['x-one', ' ', ''],
  ['x-one', '', ''],
  ['x-one', 'v\xa0', 'v\xa0'],
  ['vary', ['a ', 'b\t'], 'a, b'],
  // A dispatcher of the caller may pass what no parser does.
  ['x-one', 1, '1'],
  ['x-one', [1, 2], '1, 2'],
  ['x-one', null, ''],
])('%s: %j is read as %j', (name, value, expected) => {
  const headers = { [name]: value as string };

  readAsNode(headers, name);

  expect(headers).toEqual({ [name]: expected });
});
