import { AxiosHeaders, type AxiosAdapter } from 'axios';
import { createLeanAxios } from '../../src/lean-axios/lean-axios';

const echo: AxiosAdapter = async (config) =>
  Promise.resolve({ data: config.url, status: 200, statusText: '', headers: new AxiosHeaders(), config });

test('it is called like axios: as a function, with a URL, by its verbs', async () => {
  const client = createLeanAxios({ adapter: echo });

  const answers = [
    client('/a'),
    client({ url: '/b' }),
    client('/c', { timeout: 1 }),
    client.get('/d'),
    client.post('/e'),
  ];

  expect((await Promise.all(answers)).map(({ data }) => data as unknown)).toEqual(['/a', '/b', '/c', '/d', '/e']);
  expect(client.getUri({ url: '/f', params: { g: 1 } })).toBe('/f?g=1');
});

test('an instance made of it has its defaults, and interceptors of its own', async () => {
  const client = createLeanAxios({ adapter: echo, timeout: 1 });
  client.interceptors.request.use(() => {
    throw new Error('not here');
  });

  const { config } = await client.create({ baseURL: 'http://user-service' }).get('/a');

  expect(config).toMatchObject({ timeout: 1, baseURL: 'http://user-service' });
});

test('a default that is changed later holds for the next request', async () => {
  const client = createLeanAxios({ adapter: echo, headers: { common: new AxiosHeaders() } });
  client.defaults.timeout = 7;
  client.defaults.headers.common['X-Team'] = 'tickets';

  const { config } = await client.get('/a');

  expect(config.timeout).toBe(7);
  expect(config.headers.get('x-team')).toBe('tickets');
});

test('the stack of a failure leads to whoever made the call', async () => {
  const client = createLeanAxios({
    adapter: async () => new Promise((_, reject) => setImmediate(reject, new Error('x'))),
  });

  async function loadUser(): Promise<unknown> {
    return await client.request({ url: '/a' });
  }

  await expect(loadUser()).rejects.toMatchObject({ stack: expect.stringContaining('loadUser') as string });
});
