import { HTTPClient, type Ring } from '../../src/index';
import { service } from '../support/service';
import { witness } from '../support/witness';

/** Asks axios to run interceptors in the order in which they were added. */
const REORDERED = { transitional: { legacyInterceptorReqResOrdering: false } } as const;

describe.each([
  ['the facade', async (client: HTTPClient, url: string): Promise<unknown> => client.get(url, REORDERED)],
  ['client.axios', async (client: HTTPClient, url: string): Promise<unknown> => client.axios.get(url, REORDERED)],
])('the order of interceptors does not hang on an option of %s', (_, get) => {
  test('no token goes outside `tokenHosts`, wherever an interceptor leads', async () => {
    const api = await service();
    const client = new HTTPClient({ token: 'mine', tokenHosts: ['user-service'] });
    client.axios.interceptors.request.use((config) => Object.assign(config, { url: api.url }));

    await get(client, 'http://user-service/');

    expect(api.requests).toHaveLength(1);
    expect(api.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  test('user interceptors run before the request is looked at, and nothing is attempted for a wrong URL', async () => {
    const client = new HTTPClient({ token: null });
    let seen = 0;
    client.axios.interceptors.request.use((config) => {
      seen++;
      return config;
    });

    await expect(get(client, 'ftp://files')).rejects.toMatchObject({ code: 'INVALID_URL', sent: 'no', attempts: [] });

    expect(seen).toBe(1);
  });

  test('each attempt has a new token, and user interceptors run once', async () => {
    const api = await service([{ status: 503 }, { status: 503 }, {}]);
    let issued = 0;
    let seen = 0;
    const client = new HTTPClient({ token: async () => Promise.resolve(`t${++issued}`), retry: { base: 0.001 } });
    client.axios.interceptors.request.use((config) => {
      seen++;
      return config;
    });

    await get(client, api.url);

    expect(api.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer t1', 'Bearer t2', 'Bearer t3']);
    expect(seen).toBe(1);
  });
});

test.each<Ring>(['call', 'attempt'])(
  '%s plugins see the request outermost first, the outcome outermost last',
  async (ring) => {
    const api = await service();
    const log: string[] = [];
    const client = new HTTPClient({ plugins: [witness('outer', ring, log), witness('inner', ring, log)] });

    await client.get(api.url);

    expect(log).toEqual(['outer request', 'inner request', 'inner response', 'outer response']);
  },
);

test('clear() removes the interceptors of the user, and leaves token and retries', async () => {
  const api = await service([{ status: 503 }, {}]);
  const log: string[] = [];
  const client = new HTTPClient({ retry: { base: 0.001 }, token: 'mine' }).use(witness('plugin', 'call', log));
  witness('interceptor', 'call', log).install(client.axios);

  for (const manager of Object.values(client.axios.interceptors)) manager.clear();
  await client.get(api.url);

  expect(log).toEqual(['plugin request', 'plugin response']);
  expect(api.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer mine', 'Bearer mine']);
});
