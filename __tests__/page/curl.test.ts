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
