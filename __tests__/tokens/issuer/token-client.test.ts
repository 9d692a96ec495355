import { TokenClient } from '../../../src/tokens/issuer/token-client';
import { failure } from '../../support/outcome';
import { service } from '../../support/service';

const SECRET = 's3cret';
const client = new TokenClient(2, { agents: {}, trustEnv: false });

afterAll(() => {
  client.close();
});

function prepare(): { headers: Record<string, string>; data: string } {
  return { headers: { Authorization: `Basic ${SECRET}` }, data: `secret=${SECRET}` };
}

test('what comes is told, with the call and how long it took', async () => {
  const api = await service([{ json: { access_token: 'x' } }]);

  const { data, call, elapsed } = await client.send('POST', api.url, prepare, true);

  expect(data).toBe('{"access_token":"x"}');
  expect([call.method, call.url]).toEqual(['POST', api.url]);
  expect(elapsed).toBeGreaterThanOrEqual(0);
  expect(api.requests[0]?.body.toString()).toBe(`secret=${SECRET}`);
});

test('each attempt is prepared anew, and there are three of an urgent request', async () => {
  const api = await service([{ status: 503 }]);
  let count = 0;
  const numbered = (): { headers: Record<string, string> } => ({ headers: { 'X-Number': String(++count) } });

  const error = await failure(client.send('GET', api.url, numbered, true));

  expect(error).toMatchObject({ status: 503, retries: 2 });
  expect(api.requests.map(({ headers }) => headers['x-number'])).toEqual(['1', '2', '3']);
});

test('a request that is not urgent is made once', async () => {
  const api = await service([{ status: 503 }]);

  await expect(client.send('GET', api.url, prepare, false)).rejects.toMatchObject({ status: 503, retries: 0 });

  expect(api.requests).toHaveLength(1);
});

test('a redirect is not followed, and a failure holds nothing of what was sent', async () => {
  const api = await service([{ status: 307, headers: { location: '/elsewhere' } }]);

  const error = await failure(client.send('POST', api.url, prepare, false));

  expect(api.requests.map(({ url }) => url)).toEqual(['/']);
  expect(JSON.stringify([error.config, error.response?.config, error.request])).not.toContain(SECRET);
});
