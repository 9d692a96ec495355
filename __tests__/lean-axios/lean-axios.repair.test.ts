import { AxiosHeaders, type InternalAxiosRequestConfig } from 'axios';
import { HTTPClient } from '../../src/index';
import { service } from '../support/service';
import { testOfLeanCore } from '../support/lean-only';

type Change = (config: InternalAxiosRequestConfig) => unknown;

function copyOf({ headers }: InternalAxiosRequestConfig): object {
  return Object.assign({}, headers, { A: '1' });
}

const changes: [string, Change][] = [
  ['a copy of the headers', (config) => Object.assign(config, { headers: copyOf(config) })],
  ['a copy of the config', (config) => ({ ...config, headers: copyOf(config) })],
  ['frozen headers', (config) => Object.assign(config, { headers: Object.freeze(copyOf(config)) })],
  ['a promise of a copy', async (config) => Promise.resolve({ ...config, headers: copyOf(config) })],
];

// axios itself hands over what the one before returned.
describe.each(changes)('after an interceptor that returns %s', (_, change) => {
  testOfLeanCore('the next one finds the headers of axios', async () => {
    const api = await service();
    const client = new HTTPClient();
    client.axios.interceptors.request.use((config) => {
      expect(config.headers).toBeInstanceOf(AxiosHeaders);
      config.headers.set('B', '2');
      return config;
    });
    client.axios.interceptors.request.use(change as never);

    await client.get(api.url);

    expect(api.requests[0]?.headers).toMatchObject({ a: '1', b: '2' });
  });
});

test.each(['synchronous', 'asynchronous'])(
  'an option of a polluted prototype is not used after an %s copy',
  async (kind) => {
    const api = await service();
    const instance = new HTTPClient().axios.create();
    instance.interceptors.request.use((config) => {
      const copy = { ...config };
      return kind === 'synchronous' ? copy : Promise.resolve(copy);
    });
    const polluted = Object.prototype as { proxy?: unknown };
    polluted.proxy = { host: '127.0.0.1', port: 1 };
    try {
      expect((await instance.get(api.url)).status).toBe(200);
    } finally {
      delete polluted.proxy;
    }
  },
);
