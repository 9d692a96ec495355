import type { InternalAxiosRequestConfig } from 'axios';
import { HTTPClient, OriginStates, type HTTPClientOptions, type Plugin } from '../../src/index';
import { testOfLeanCore } from '../support/lean-only';
import { exceptionOf, failure } from '../support/outcome';
import { leftOver, NOTHING, watched } from '../support/origin-scene';
import { service } from '../support/service';
import { WAYS } from '../support/ways';

/** All that takes part, and nothing that lets a call wait. */
const EVERYTHING = {
  retryAttempts: 1,
  backpressure: { retryAfter: true, rateLimit: true },
  rateLimit: { rate: 10_000, burst: 10_000 },
  concurrency: { limit: 4, queue: 100 },
  circuitBreaker: { minimumCalls: 100 },
} satisfies HTTPClientOptions;

function thrower(ring: Plugin['ring'], when: 'request' | 'response', throws: () => boolean = () => true): Plugin {
  const fail = <T>(value: T): T => {
    if (throws()) throw new Error('of the plugin');
    return value;
  };
  return {
    name: 'thrower',
    ring,
    install(http) {
      if (when === 'request') http.interceptors.request.use(fail);
      else http.interceptors.response.use(fail);
    },
  };
}

const fail = (): never => {
  throw new Error('plain');
};

describe.each(WAYS)('over %s, everything is given back and the circuit stays closed', (_, way) => {
  const ofLeanCore: [string, object, HTTPClientOptions][] = [
    ['transformRequest throws', { transformRequest: fail }, {}],
    ['transformResponse throws', { transformResponse: fail }, {}],
    ['validateStatus throws', { validateStatus: fail }, {}],
  ];
  const plain: [string, object, HTTPClientOptions][] = [
    ['an attempt plugin throws before', {}, { plugins: [thrower('attempt', 'request')] }],
    ['an attempt plugin throws after', {}, { plugins: [thrower('attempt', 'response')] }],
    ['a call plugin throws before', {}, { plugins: [thrower('call', 'request')] }],
    ['a call plugin throws after', {}, { plugins: [thrower('call', 'response')] }],
    ['the token source throws', {}, { token: fail }],
    ['the token source rejects', {}, { token: async () => Promise.reject(new Error('plain')) }],
    ['the partition throws', {}, { partition: fail }],
    ['the partition returns no string', {}, { partition: (() => 5) as unknown as () => string }],
  ];

  // An instance of `axios.create` does not say which request such an error is about.
  testOfLeanCore.each(ofLeanCore)('where %s', check);
  test.each(plain)('where %s', check);

  async function check(__: string, options: object, ofClient: HTTPClientOptions): Promise<void> {
    const api = await service();
    const { client, origins } = watched({ ...EVERYTHING, ...ofClient });

    for (let call = 0; call < 5; call++) {
      await exceptionOf(async () => client.post(api.url, { json: {}, ...way, ...options }));
    }

    expect(leftOver(origins)).toEqual(NOTHING);
    expect([...origins.values()].every(({ circuit }) => circuit?.isOpen !== true)).toBe(true);
  }
});

test.each([
  ['throws', fail],
  ['rejects', async () => Promise.reject(new Error('plain'))],
  ['returns nothing', async () => Promise.resolve(undefined as never)],
  ['rejects with nothing', async () => Promise.reject(undefined as unknown as Error)],
])('everything is given back where an adapter %s', async (_, adapter) => {
  const { client, origins } = watched(EVERYTHING);
  client.axios.defaults.adapter = adapter;

  for (let call = 0; call < 5; call++) await exceptionOf(async () => client.get('http://api'));

  expect(leftOver(origins)).toEqual(NOTHING);
});

test('an attempt plugin that throws at the retry leaves what the first attempt did', async () => {
  const api = await service([{ status: 503 }]);
  let attempts = 0;
  const { client, origins } = watched({
    ...EVERYTHING,
    plugins: [thrower('attempt', 'request', () => ++attempts === 2)],
  });

  await exceptionOf(async () => client.get(api.url));

  expect(api.requests).toHaveLength(1);
  expect(leftOver(origins)).toEqual(NOTHING);
});

test.each(['json', 'stream'] as const)(
  'a 401 after which there is no other token leaves nothing (%s)',
  async (responseType) => {
    const api = await service([{ status: 401, body: 'x'.repeat(200_000) }, { status: 200 }]);
    let asked = 0;
    const token = {
      getToken: async () =>
        asked++ === 0 ? Promise.resolve('revoked') : Promise.reject(new Error('the issuer is down')),
      invalidate: () => undefined,
    };
    const { client, origins } = watched({ ...EVERYTHING, concurrency: { limit: 1 }, deadline: 1, token });

    const error = await failure(client.get(api.url, { responseType }));

    expect(error).toMatchObject({ code: 'TOKEN_UNAVAILABLE' });
    expect(leftOver(origins)).toEqual(NOTHING);
    expect(await client.get(api.url, { token: 'valid' })).toMatchObject({ status: 200 });
  },
);

describe('the state of an origin', () => {
  const keysAfter = async (origins: OriginStates, ...calls: Promise<unknown>[]): Promise<string[]> => {
    await Promise.all(calls);
    return [...origins.values()].map(({ key }) => key);
  };

  test('is that of the URL which is sent, whatever the path, the credentials and the way to give it', async () => {
    const api = await service();
    const { client, origins } = watched();

    const keys = await keysAfter(
      origins,
      client.get(`${api.url}/a?b=c`),
      client.get('/d', { baseURL: `${api.url}/base` }),
      client.get(api.url.replace('//', '//user:secret@')),
      client.axios.post(api.url, {}),
    );

    expect(keys).toEqual([api.url]);
  });

  test('is found after plugins have changed where the request goes', async () => {
    const api = await service();
    const elsewhere: Plugin = {
      name: 'elsewhere',
      ring: 'attempt',
      install(http) {
        http.interceptors.request.use((config) => Object.assign(config, { url: api.url }));
      },
    };
    const { client, origins } = watched({ plugins: [elsewhere] });

    expect(await keysAfter(origins, client.get('http://nowhere.invalid'))).toEqual([api.url]);
  });

  test('is split by `partition`, which is called for each attempt', async () => {
    const api = await service([{ status: 503 }, {}]);
    const seen: string[] = [];
    const partition = ({ url = '' }: InternalAxiosRequestConfig): string => {
      seen.push(url);
      return new URL(url).pathname.split('/', 2)[1] ?? '';
    };
    const { client, origins } = watched({ partition, retryAttempts: 1 });

    await client.get(`${api.url}/a/1`);
    const keys = await keysAfter(origins, client.get(`${api.url}/a/2`), client.get(`${api.url}/b/1`));

    expect(keys).toEqual([`${api.url} a`, `${api.url} b`]);
    expect(seen).toHaveLength(4);
  });

  test('is shared by the clients that are given the same `origins`, and by no others', async () => {
    const api = await service([{ status: 429, headers: { 'Retry-After': '30' } }, {}]);
    const origins = new OriginStates();
    const options = { origins, retryAttempts: 0, retry: { maxRetryAfter: 1 } };
    await failure(new HTTPClient(options).get(api.url));

    await expect(new HTTPClient(options).get(api.url)).rejects.toMatchObject({ code: 'ORIGIN_CLOSED' });
    await expect(new HTTPClient().get(api.url)).resolves.toMatchObject({ status: 200 });
  });

  test('of a partition does not appear in messages', async () => {
    const api = await service([{ status: 429, headers: { 'Retry-After': '30' } }]);
    const { client } = watched({ partition: () => 'tenant-of-a-secret-name', retry: { maxRetryAfter: 1 } });
    await failure(client.get(api.url));

    const { message } = await failure(client.get(api.url));

    expect(message).toMatch(`${api.url} asked for a pause`);
    expect(message).not.toMatch('tenant');
  });
});
