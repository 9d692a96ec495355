import { type AxiosAdapter, AxiosHeaders, type InternalAxiosRequestConfig } from 'axios';
import { HTTPClient } from '../../src/index';
import { testOfLeanCore } from '../support/lean-only';
import { service } from '../support/service';

/** As some libraries bring it: it can be waited for, and does no more than it has to. */
function thenable(value: unknown): unknown {
  return {
    then(resolve: (value: unknown) => void): void {
      resolve(value);
    },
  };
}

describe('an interceptor that is taken off while a call is under way', () => {
  const slowly: AxiosAdapter = async (config) =>
    new Promise((resolve) => {
      setImmediate(resolve, { data: '', status: 200, statusText: '', headers: new AxiosHeaders(), config });
    });

  test('sees the outcome of that call, and another one that takes its place does not', async () => {
    const { axios: http } = new HTTPClient({ token: null, adapter: slowly });
    const seen: string[] = [];
    const add = (name: string): number =>
      http.interceptors.response.use((response) => {
        seen.push(name);
        return response;
      });
    const first = add('first');

    const call = http.get('http://user-service/');
    http.interceptors.response.eject(first);
    add('second');
    await call;

    expect(seen).toEqual(['first']);
  });
});

describe('an interceptor may answer with a promise of any library', () => {
  test('for a request', async () => {
    const api = await service();
    const client = new HTTPClient({ token: null });
    client.axios.interceptors.request.use((config) => thenable(config) as Promise<InternalAxiosRequestConfig>);

    expect((await client.get(api.url)).status).toBe(200);
  });

  test('for a response', async () => {
    const api = await service([{ json: { id: 7 } }]);
    const client = new HTTPClient({ token: null });
    client.axios.interceptors.response.use((response) => thenable(response) as never);

    expect(await client.getJson(api.url)).toEqual({ id: 7 });
  });
});

describe('the error of an interceptor arrives as it was thrown', () => {
  test.each<[string, Error]>([
    ['frozen', Object.freeze(new Error('mine'))],
    ['with a stack that cannot be written', Object.defineProperty(new Error('mine'), 'stack', { get: () => 'mine' })],
    ['with a stack that is no text', Object.assign(new Error('mine'), { stack: ['mine'] })],
  ])('%s', async (_, error) => {
    const api = await service();
    const client = new HTTPClient({ token: null });
    client.axios.interceptors.response.use(() => {
      throw error;
    });

    await expect(client.axios.get(api.url)).rejects.toBe(error);
  });
});

test('a failure keeps its class where somebody formats stacks in another way', async () => {
  const before = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace') ?? { value: undefined };
  const client = new HTTPClient({ token: null, retryAttempts: 0 });
  Error.prepareStackTrace = (_, frames) => frames;

  const outcome = await client.get('http://127.0.0.1:1/').catch((error: unknown) => (error as Error).name);
  Object.defineProperty(Error, 'prepareStackTrace', before);

  expect(outcome).toBe('ConnectionError');
});

testOfLeanCore('an answer of an adapter need not have a config', async () => {
  const client = new HTTPClient({ token: null });
  client.axios.defaults.adapter = (async () => Promise.resolve({ data: 'x', status: 200, headers: {} })) as never;

  expect((await client.axios.get('http://user-service/')).data).toBe('x');
});

test('`runWhen` is asked once', async () => {
  const api = await service();
  const { axios: http } = new HTTPClient({ token: null });
  let asked = 0;
  const runWhen = (): boolean => ++asked > 0;
  http.interceptors.request.use((config) => config, undefined, { runWhen });
  http.interceptors.request.use(
    (config) => config,
    (error: unknown) => {
      throw error;
    },
  );

  await http.request({ url: api.url });

  expect(asked).toBe(1);
});
