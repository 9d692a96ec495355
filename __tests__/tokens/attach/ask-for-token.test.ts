import { inspect } from 'node:util';
import axios from 'axios';
import { DeadlineExceeded, HTTPClient, RequestCancelled, TokenError, type TokenRequest } from '../../../src/index';
import { service } from '../../support/service';

/** A source that never answers, and what it was asked. */
function silentSource(): { getToken: jest.Mock<Promise<string>, [TokenRequest]> } {
  return { getToken: jest.fn(async (_request: TokenRequest) => new Promise<string>(() => undefined)) };
}

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => 'no failure',
    (error: unknown) => error,
  );
}

test('a deadline ends the wait for a token', async () => {
  const api = await service();
  const source = silentSource();

  const failure = await failureOf(new HTTPClient({ token: source, deadline: 0.02 }).get(api.url));

  expect(failure).toBeInstanceOf(DeadlineExceeded);
  expect(failure).toMatchObject({ method: 'GET', sent: 'no', phase: 'connect', attempts: [] });
  expect(String(failure)).toContain('no token within the deadline of 0.02 s');
  expect(source.getToken.mock.calls[0]?.[0].signal?.aborted).toBe(true);
  expect(api.requests).toHaveLength(0);
});

test('a deadline that ends the wait for the token of a retry tells what went wrong before', async () => {
  const api = await service([{ status: 503 }]);
  let asked = 0;
  const getToken = async (): Promise<string> => (++asked === 1 ? Promise.resolve('x') : new Promise(() => undefined));

  const failure = await failureOf(
    new HTTPClient({ token: getToken, deadline: 0.5, retry: { base: 0.001 } }).get(api.url),
  );

  expect(failure).toBeInstanceOf(DeadlineExceeded);
  expect((failure as Error).cause).toMatchObject({ code: 'SERVER_ERROR', status: 503 });
  expect(api.requests).toHaveLength(1);
});

test('an abort ends the wait for a token', async () => {
  const api = await service();
  const source = silentSource();
  const controller = new AbortController();
  const call = failureOf(new HTTPClient({ token: source }).get(api.url, { signal: controller.signal }));

  setTimeout(() => {
    controller.abort();
  }, 5);

  const failure = await call;
  expect(failure).toBeInstanceOf(RequestCancelled);
  expect(failure).toMatchObject({ method: 'GET', sent: 'no', attempts: [] });
  expect(source.getToken.mock.calls[0]?.[0].signal?.aborted).toBe(true);
  expect(api.requests).toHaveLength(0);
});

test('a cancelToken ends the wait for a token', async () => {
  const { token: cancelToken, cancel } = axios.CancelToken.source();
  const call = failureOf(new HTTPClient({ token: silentSource() }).get('http://127.0.0.1:1', { cancelToken }));

  setTimeout(cancel, 5);

  expect(await call).toBeInstanceOf(RequestCancelled);
});

test('a timeout signal of the caller that ends the wait is a deadline', async () => {
  const client = new HTTPClient({ token: silentSource() });

  const failure = await failureOf(client.get('http://127.0.0.1:1', { signal: AbortSignal.timeout(10) }));

  expect(failure).toBeInstanceOf(DeadlineExceeded);
});

test('the wait for a token leaves the timeout of the attempt alone', async () => {
  const api = await service([{ delay: 350 }]);
  const getToken = async (): Promise<string> => new Promise((resolve) => setTimeout(resolve, 350, 'x'));

  const { status } = await new HTTPClient({ token: getToken, timeout: 0.6, retryAttempts: 0 }).get(api.url);

  expect(status).toBe(200);
});

test.each([
  [
    'throws',
    () => {
      throw new Error('the vault is sealed');
    },
  ],
  ['rejects', async () => Promise.reject(new Error('the vault is sealed'))],
])('a source that %s fails the call at once, and nothing is sent', async (_, fail: () => Promise<string>) => {
  const api = await service();
  const getToken = jest.fn(fail);

  const failure = await failureOf(new HTTPClient({ token: getToken }).get(`${api.url}/users`));

  expect(failure).toBeInstanceOf(TokenError);
  expect(failure).toMatchObject({ code: 'TOKEN_UNAVAILABLE', method: 'GET', url: `${api.url}/users`, sent: 'no' });
  expect((failure as Error).cause).toEqual(new Error('the vault is sealed'));
  expect(getToken).toHaveBeenCalledTimes(1);
  expect(api.requests).toHaveLength(0);
});

test('a synchronous source that throws is a TokenError as well', async () => {
  const source = {
    getToken: (): string => {
      throw new Error('the vault is sealed');
    },
  };

  const failure = await failureOf(new HTTPClient({ token: source }).get('http://127.0.0.1:1/users'));

  expect(failure).toBeInstanceOf(TokenError);
  expect(failure).toMatchObject({ code: 'TOKEN_UNAVAILABLE', method: 'GET', url: 'http://127.0.0.1:1/users' });
});

test('a source that gets its tokens with axios gives no secret of its own away', async () => {
  const vault = await service([{ status: 503 }]);
  const getToken = async (): Promise<string> => {
    const { data } = await axios.get<string>(vault.url, { headers: { 'X-Vault-Token': 's3cr3t' } });
    return data;
  };

  const failure = await failureOf(new HTTPClient({ token: getToken }).get('http://127.0.0.1:1'));

  expect(failure).toBeInstanceOf(TokenError);
  expect(vault.requests).toHaveLength(1);
  expect((failure as Error).cause).toMatchObject({ message: 'Request failed with status code 503' });
  expect(inspect(failure, { depth: Infinity, showHidden: true }).includes('s3cr3t')).toBe(false);
});

test('a source that gets its tokens with a client of this package keeps that failure as the cause', async () => {
  const vault = await service([{ status: 404 }]);
  const neighbour = new HTTPClient();
  const getToken = async (): Promise<string> => neighbour.getJson<string>(`${vault.url}/token`);

  const failure = await failureOf(new HTTPClient({ token: getToken }).get('http://127.0.0.1:1/users'));

  expect(failure).toMatchObject({ code: 'TOKEN_UNAVAILABLE', url: 'http://127.0.0.1:1/users' });
  expect((failure as Error).cause).toMatchObject({ code: 'CLIENT_ERROR', url: `${vault.url}/token` });
});

test.each([
  [new AggregateError([new Error('refused ::1'), new Error('refused 127.0.0.1')]), 'refused ::1; refused 127.0.0.1'],
  [new RangeError(), 'RangeError'],
])('a failure of a source without a message of its own is described: %p', async (thrown, words) => {
  const client = new HTTPClient({ token: async () => Promise.reject(thrown) });

  expect(await failureOf(client.get('http://api.test/'))).toMatchObject({
    message: `GET http://api.test/: no token available: ${words}`,
    cause: thrown,
  });
});
