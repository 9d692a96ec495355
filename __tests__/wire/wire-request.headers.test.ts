import { HTTPClient, type RequestOptions } from '../../src/index';
import { rawService } from '../support/raw-service';
import { service } from '../support/service';
import { WAYS } from '../support/ways';

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

describe.each(WAYS)('over %s, of a list', (_, way) => {
  test('values that are none are left out', async () => {
    const api = await service();

    await new HTTPClient().get(api.url, {
      ...way,
      headers: { 'X-A': ['1', null, undefined, false, 2], 'X-B': [null] } as never,
    });

    expect(api.requests[0]?.headers).toMatchObject({ 'x-a': '1, 2' });
    expect(api.requests[0]?.headers).not.toHaveProperty('x-b');
  });

  test('cookies are sent in one line', async () => {
    const api = await rawService((socket) => socket.end('HTTP/1.1 204 No Content\r\n\r\n'));

    await new HTTPClient().get(api.url, { ...way, headers: { Cookie: ['a=1', 'b=2'] } });

    expect(api.requests[0]?.match(/^cookie:.*$/gim)).toEqual([expect.stringMatching(/: a=1; b=2$/)]);
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
