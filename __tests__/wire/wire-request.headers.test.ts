import { HTTPClient, type RequestOptions } from '../../src/index';
import { service } from '../support/service';

const NONE = { 'User-Agent': null, 'Accept-Encoding': undefined, Accept: null };

describe.each<[string, RequestOptions]>([
  ['the transport', {}],
  ["axios's adapter", { onDownloadProgress: () => undefined }],
  ["axios's adapter without redirects", { onDownloadProgress: () => undefined, maxRedirects: 0 }],
])('over %s, a default header is not sent', (_, way) => {
  test.each<[string, (url: string) => Promise<unknown>]>([
    ['the call', async (url) => new HTTPClient().get(url, { ...way, headers: NONE })],
    ['the client', async (url) => new HTTPClient({ headers: NONE }).get(url, way)],
    ['client.axios', async (url) => new HTTPClient().axios.get(url, { ...way, headers: NONE } as object)],
    ['an interceptor', async (url) => withInterceptor().get(url, way)],
  ])('if %s says so', async (__, get) => {
    const api = await service();

    await get(api.url);

    const { headers } = api.requests[0] ?? {};
    expect([headers?.['user-agent'], headers?.['accept-encoding'], headers?.accept]).toEqual(Array(3).fill(undefined));
  });
});

function withInterceptor(): HTTPClient {
  const client = new HTTPClient();
  client.axios.interceptors.request.use((config) => {
    for (const name of ['user-agent', 'accept-encoding', 'accept']) config.headers.set(name, false);
    return config;
  });
  return client;
}
