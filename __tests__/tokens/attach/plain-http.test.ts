import { warnOfPlainHTTP } from '../../../src/tokens/attach/plain-http';
import { HTTPClient, type HTTPClientOptions } from '../../../src/index';
import { service } from '../../support/service';

const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);

beforeEach(() => {
  warned.mockClear();
});

test.each([
  'http://api.example.com',
  'http://93.184.216.34:8000',
  'http://[2001:db8::1]',
  'http://172.32.0.1',
  'http://a.b',
])('a token to %s is warned of, once', (origin) => {
  warnOfPlainHTTP(new URL(`${origin}/users?token=s3cr3t`));
  warnOfPlainHTTP(new URL(`${origin}/tickets`));

  expect(warned).toHaveBeenCalledTimes(1);
  expect(warned.mock.calls[0]?.[0]).toBe(
    `a Bearer token is sent to ${origin} without TLS; use https, or set \`tokenHosts\``,
  );
  expect(warned.mock.calls[0]?.[1]).toEqual({ type: 'SecurityWarning', code: 'HDMS_PLAIN_TOKEN' });
});

test.each([
  'https://api.example.com',
  'http://user-service:8000',
  'http://users.svc.cluster.local',
  'http://users.default.svc',
  'http://users.internal',
  'http://localhost:3000',
  'http://127.0.0.1:3000',
  'http://[::1]:3000',
  'http://[fd12::1]',
  'http://10.1.2.3',
  'http://172.16.0.1',
  'http://192.168.1.1',
])('a token to %s is not', (origin) => {
  warnOfPlainHTTP(new URL(origin));

  expect(warned).not.toHaveBeenCalled();
});

test.each<[string, HTTPClientOptions, number]>([
  ['any host may see it', { token: 'x' }, 1],
  ['its host was named', { token: 'x', tokenHosts: ['*.example.com'] }, 0],
  ['there is none', {}, 0],
])('a call over plain http to a public name, where %s', async (what, options, warnings) => {
  const api = await service();
  const host = `${what.replaceAll(' ', '-')}.example.com`;
  const client = new HTTPClient({ ...options, lookup: async () => Promise.resolve('127.0.0.1') });

  await client.get(`http://${host}:${api.port}/`);
  await client.get(`http://${host}:${api.port}/`);
  client.close();

  expect(warned).toHaveBeenCalledTimes(warnings);
});
