import type { LookupAddress } from 'node:dns';
import type { AxiosRequestConfig } from 'axios';
import { HTTPClient } from '../../src/index';
import { toNodeLookup } from '../../src/transports/lookup';
import { service } from '../support/service';

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

test.each(FORMS)('a call goes where %s says', async (_, lookup) => {
  const api = await service([{ body: 'here' }]);
  const client = new HTTPClient({ lookup, retryAttempts: 0, timeout: 2 });

  const { data } = await client.get(`http://user-service:${api.port}/`);

  expect(data).toBe('here');
  expect(api.requests[0]?.headers.host).toBe(`user-service:${api.port}`);
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
  ['all addresses where Node asks for all', true, [{ address: '::1', family: 6 }], undefined],
  ['one where Node asks for one', false, '::1', 6],
])('Node gets %s', (_, all, address, family) => {
  const done = jest.fn<undefined, [Error | null, string | LookupAddress[], number?]>();

  toNodeLookup(byCallback('::1'))('user-service', { all }, done);

  expect(done.mock.calls[0]?.slice(1)).toEqual(family === undefined ? [address] : [address, family]);
});
