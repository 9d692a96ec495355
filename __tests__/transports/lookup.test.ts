import type { LookupAddress } from 'node:dns';
import { setImmediate as turn } from 'node:timers/promises';
import type { AxiosRequestConfig } from 'axios';
import { HTTPClient } from '../../src/index';
import { toNodeLookup } from '../../src/transports/lookup';
import { service, type Answer } from '../support/service';

type Lookup = NonNullable<AxiosRequestConfig['lookup']>;
type Callback = (error: Error | null, found: unknown, family?: number) => void;

const IPV4 = '127.0.0.1';

function byCallback(...answer: unknown[]): Lookup {
  return ((_host: string, _options: object, done: Callback) => {
    done(null, ...(answer as [unknown]));
  }) as Lookup;
}

function byPromise(answer: unknown): Lookup {
  return async () => Promise.resolve(answer);
}

const FORMS: [string, Lookup][] = [
  ['a callback with address and family', byCallback(IPV4, 4)],
  ['a callback with an address', byCallback(IPV4)],
  ['a callback with a list of addresses', byCallback([{ address: IPV4, family: 4 }])],
  ['a callback with a list of texts', byCallback([IPV4])],
  ['a promise of an address', byPromise({ address: IPV4, family: 4 })],
  ['a promise of a text', byPromise(IPV4)],
  ['a promise of address and family', byPromise([IPV4, 4])],
  ['a promise of a list in a list', byPromise([[{ address: IPV4, family: 4 }]])],
];

test.each(FORMS)("a call goes where %s says, over axios's adapter too", async (_, lookup) => {
  const api = await service([{ body: 'here' }]);
  const client = new HTTPClient({ lookup, retryAttempts: 0, timeout: 2 });
  const url = `http://user-service:${api.port}/`;

  for (const options of [{}, { onDownloadProgress: () => undefined }]) {
    await expect(client.get(url, options)).resolves.toMatchObject({ data: 'here' });
  }

  expect(api.requests.map(({ headers }) => headers.host)).toEqual(Array(2).fill(`user-service:${api.port}`));
});

test.each([
  [
    'a callback',
    ((_h: string, _o: object, done: Callback) => {
      done(new Error('no such service'), '');
    }) as Lookup,
  ],
  ['a promise', async () => Promise.reject(new Error('no such service'))],
])('%s that fails is the cause', async (_, lookup) => {
  const call = new HTTPClient({ lookup, retryAttempts: 0, timeout: 2 }).get('http://user-service/');

  await expect(call).rejects.toMatchObject({
    code: 'CONNECTION_FAILED',
    phase: 'connect',
    sent: 'no',
    cause: { message: 'no such service' },
  });
});

test.each([
  ['http', {}],
  ["axios's adapter", { onDownloadProgress: () => undefined }],
])('over %s, a promise that is rejected without a reason fails the attempt', async (_, options) => {
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as some libraries do
  const lookup: Lookup = async () => Promise.reject();
  const client = new HTTPClient({ lookup, retryAttempts: 0, timeout: 2 });

  const call = client.get('http://user-service/', options);

  await expect(call).rejects.toMatchObject({ code: 'CONNECTION_FAILED', phase: 'connect' });
  await expect(call).rejects.toThrow(/the `lookup` was rejected without a reason$/);
});

describe.each([
  ['http', {}],
  ["axios's adapter", { onDownloadProgress: () => undefined }],
])('over %s', (_, options) => {
  test.each<[string, string, Lookup]>([
    ['an address of which the family is wrong', 'CONNECTION_FAILED', byCallback(IPV4, 6)],
    ['no address', 'HOST_NOT_FOUND', byCallback()],
    ['an empty list', 'HOST_NOT_FOUND', byCallback([])],
    ['a promise of nothing', 'HOST_NOT_FOUND', byPromise(null)],
    ['a promise of an empty list', 'HOST_NOT_FOUND', byPromise([])],
  ])('%s fails the attempt, not the process', async (__, code, lookup) => {
    const client = new HTTPClient({ lookup, retryAttempts: 0, timeout: 2 });

    const call = client.get('http://user-service:1/', options);

    await expect(call).rejects.toMatchObject({ code, phase: 'connect' });
  });
});

describe('an open connection to the host', () => {
  const refusing: Lookup = async (host: string) => Promise.reject(new Error(`${host} is internal`));

  test.each([
    ['http', {}],
    ["axios's adapter", { onDownloadProgress: () => undefined }],
  ])('serves no call over %s with a `lookup` of its own, which may refuse the host', async (_, options) => {
    const api = await service((): Answer => ({ body: 'internal' }));
    const client = new HTTPClient({ retryAttempts: 0 });
    const url = api.url.replace('127.0.0.1', 'localhost');
    const guarded = { ...options, lookup: refusing };

    await client.get(url, options);

    await expect(client.get(url, guarded)).rejects.toThrow('localhost is internal');
    await expect(client.get(url, { ...options, lookup: byPromise(IPV4) })).resolves.toMatchObject({ data: 'internal' });
    await expect(client.get(url, guarded)).rejects.toThrow('localhost is internal');
  });

  test('serves no redirect of such a call', async () => {
    const target = await service((): Answer => ({ body: 'internal' }));
    const url = target.url.replace('127.0.0.1', 'localhost');
    const api = await service([{ status: 302, headers: { location: url } }]);
    const client = new HTTPClient({ retryAttempts: 0 });

    await client.get(url);

    await expect(client.get(api.url, { lookup: refusing })).rejects.toThrow('localhost is internal');
  });

  test('serves all calls with the same `lookup`', async () => {
    const api = await service();
    const lookup = jest.fn(async () => Promise.resolve(IPV4));
    const client = new HTTPClient({ lookup });

    for (let call = 0; call < 3; call++) await client.get(`http://user-service:${api.port}/`);

    expect(lookup).toHaveBeenCalledTimes(1);
  });
});

test.each([
  ['all addresses where Node asks for all', true, [{ address: '::1', family: 6 }], undefined],
  ['one where Node asks for one', false, '::1', 6],
])('Node gets %s, never at once', async (_, all, address, family) => {
  const done = jest.fn<undefined, [Error | null, string | LookupAddress[], number?]>();

  toNodeLookup(byCallback('::1'))('user-service', { all }, done);
  expect(done).not.toHaveBeenCalled();
  await turn();

  expect(done.mock.calls[0]?.slice(1)).toEqual(family === undefined ? [address] : [address, family]);
});
