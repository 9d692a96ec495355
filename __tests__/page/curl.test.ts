import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { curlOf } from '../../page/curl';
import { HTTPClient } from '../../src/index';
import type { CallDetail } from '../../src/inspector/report';
import { callsOf, inspector, open } from '../support/inspector';
import { service } from '../support/service';

async function commandOf(url: string): Promise<string> {
  const [call] = await callsOf(url);
  return curlOf(JSON.parse((await open(url, `/calls/${call?.key}`)).text) as CallDetail);
}

test('the command makes the same request, and has no secret', async () => {
  const api = await service();
  const { url } = await inspector();
  const client = new HTTPClient({ token: 'a-secret' });
  const odd = `it's $(touch x) \`y\` "z" \\`;
  await client.get(`${api.url}/users/O'Hara?q=$HOME&api_key=a-secret`, { headers: { 'X-Odd': odd } });

  const command = await commandOf(url);
  await promisify(execFile)('sh', ['-c', command], { env: { ...process.env, TOKEN: 'another' } });

  const [first, second] = api.requests;
  expect(command).not.toContain('a-secret');
  expect(second).toMatchObject({ method: 'GET', url: String(first?.url).replace('a-secret', '***') });
  const { connection, ...others } = first?.headers ?? {};
  expect(connection).toBe('keep-alive');
  expect(second?.headers).toEqual({
    ...others,
    authorization: 'Bearer another',
    'accept-encoding': expect.anything() as unknown,
  });
});

test('a body is a file', async () => {
  const api = await service();
  const { url } = await inspector();
  await new HTTPClient({ token: null }).post(`${api.url}/users`, { json: { name: 'Ada' } });

  const command = await commandOf(url);

  expect(command).toContain('curl -X POST');
  expect(command).toContain('--data-binary @body');
  expect(command).toContain("-H 'Content-Type: application/json'");
});

test.each([
  ['brackets in the path', '/users/[1-3]/{a,b}?ids[]=1', {}],
  ['a header without a value', '/', { 'X-Empty': '' }],
  ['no Accept header', '/', { Accept: undefined }],
  ['another host name', '/', { Host: 'users.internal' }],
])('the command keeps %s', async (_, path, headers) => {
  const api = await service();
  const { url } = await inspector();
  await new HTTPClient({ token: null }).get(api.url + path, { headers });

  await promisify(execFile)('sh', ['-c', await commandOf(url)]);

  const [first, second] = api.requests;
  expect(second?.url).toBe(first?.url);
  const { connection, ...others } = first?.headers ?? {};
  expect(connection).toBe('keep-alive');
  expect(second?.headers).toEqual(others);
});

test('the name of a secret header is quoted, too', async () => {
  const api = await service();
  const { url } = await inspector();
  await new HTTPClient({ token: null }).get(api.url, { headers: { 'X-`exit`$TOKEN-Token': 'a-secret' } });

  await promisify(execFile)('sh', ['-c', await commandOf(url)], {
    env: { PATH: process.env['PATH'], X__EXIT__TOKEN_TOKEN: 'another' },
  });

  expect(api.requests[1]?.headers).toHaveProperty(['x-`exit`$token-token'], 'another');
});
