import { HTTPClient, observe, tokenService, type CallStart } from '../../../src/index';
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

test('requests to an issuer are published as such, without calls and attempts', async () => {
  const api = await service([{ status: 401 }, {}]);
  const endpoint = await service(['x', 'y'].map((one) => ({ json: { access_token: one, token_type: 'Bearer' } })));
  const kinds: string[] = [];
  const note =
    (kind: string) =>
    ({ call }: CallStart): void => {
      kinds.push(`${kind} ${call.url.startsWith(endpoint.url) ? `issuer ${call.clientId}` : 'api'}`);
    };
  const stop = observe({
    callStart: note('call'),
    attemptStart: note('attempt'),
    requestStart: note('request'),
    requestEnd: note('request end'),
    attemptEnd: note('attempt end'),
    callEnd: note('call end'),
  });
  const token = tokenService({ url: `${endpoint.url}/token`, clientId: 'a', clientSecret: 'b' });
  const caller = new HTTPClient({ token });

  await caller.get(api.url);
  stop();
  caller.close();

  const replayed = ['attempt api', 'request api', 'request end api', 'attempt end api'];
  const asked = ['request issuer 0', 'request end issuer 0'];
  expect(kinds).toEqual(['call api', ...asked, ...replayed.slice(0, 3), ...asked, 'attempt end api', ...replayed, 'call end api']); // prettier-ignore
});
