import { AxiosHeaders, type AxiosAdapter } from 'axios';
import { createLeanAxios } from '../../src/lean-axios/lean-axios';
import { LimitedAxios, markOwn, isOwnInterceptor, unlimited, type Limit } from '../../src/lean-axios/limited-axios';

const adapter: AxiosAdapter = async (config) =>
  Promise.resolve({ data: 'body', status: 200, statusText: 'OK', headers: new AxiosHeaders(), config });

/** Notes what is limited: the phase, and the path of the request. */
function notes(): { limit: Limit; seen: string[] } {
  const seen: string[] = [];
  const limit: Limit = async (waiting, config, outcome) => {
    seen.push(`${outcome === undefined ? 'request' : 'response'} ${String(config.url)}`);
    return waiting;
  };
  return { limit, seen };
}

test('interceptors that return a promise are limited, for the request and for the response', async () => {
  const { limit, seen } = notes();
  const client = new LimitedAxios({ adapter }, limit);
  client.interceptors.request.use((config) => config);
  client.interceptors.request.use(async (config) => Promise.resolve(config));
  client.interceptors.response.use((response) => response);
  client.interceptors.response.use(async (response) => Promise.resolve(response));

  await Promise.all([client.request('/a'), client.request({ url: '/b' })]);

  expect(seen.sort()).toEqual(['request /a', 'request /b', 'response /a', 'response /b']);
});

test('what an interceptor throws goes through the limit too', async () => {
  const { limit, seen } = notes();
  const client = new LimitedAxios({ adapter }, limit);
  client.interceptors.request.use(() => {
    throw new Error('mine');
  });

  await expect(client.request('/a')).rejects.toThrow('mine');
  expect(seen).toEqual(['request /a']);
});

test('own interceptors are not limited', async () => {
  const { limit, seen } = notes();
  const client = new LimitedAxios({ adapter }, limit);
  client.interceptors.request.use(markOwn(async (config) => Promise.resolve(config)));
  const eject = client.interceptors.request.use(async (config) => Promise.resolve(config));
  client.interceptors.request.eject(eject);

  expect(await client.request('/a')).toMatchObject({ data: 'body' });
  expect(seen).toEqual([]);
  expect([markOwn(() => undefined), () => undefined].map(isOwnInterceptor)).toEqual([true, false]);
});

test.each([
  ['LimitedAxios', () => new LimitedAxios({ adapter }, unlimited)],
  ['createLeanAxios', () => createLeanAxios({ adapter })],
])('%s tells own interceptors what was sent, and other interceptors only the outcome', async (_, create) => {
  const client = create();
  const told: unknown[][] = [];
  const note =
    () =>
    (...given: unknown[]): unknown => {
      told.push(given);
      return given[0];
    };
  client.interceptors.request.use((config) => Promise.resolve({ ...config, url: '/changed' }));
  client.interceptors.response.use(markOwn(note()) as never);
  client.interceptors.response.use(note() as never);

  await client.request({ url: '/a' });
  expect(told).toMatchObject([[{ data: 'body' }, { url: '/changed' }], [{ data: 'body' }]]);
});

test('unlimited is the promise itself', () => {
  const waiting = Promise.resolve(1);

  expect(unlimited(waiting, { headers: new AxiosHeaders() })).toBe(waiting);
});
