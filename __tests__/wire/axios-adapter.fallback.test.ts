import { gzipSync } from 'node:zlib';
import { HTTPClient, type HTTPResponse, type RequestOptions } from '../../src/index';
import { service, type Answer } from '../support/service';

const ITEMS = { items: Array.from({ length: 2000 }, (_, index) => index) };
const ZIPPED = gzipSync(JSON.stringify(ITEMS));

function zipped(body: Buffer, status = 200): Answer {
  return { status, body, headers: { 'content-encoding': 'gzip', 'content-type': 'application/json' } };
}

/** Options that axios's own adapter alone has. */
const WAYS: Record<string, (proxyPort: number) => RequestOptions> = {
  onDownloadProgress: () => ({ onDownloadProgress: () => undefined }),
  maxBodyLength: () => ({ maxBodyLength: 1_000_000 }),
  proxy: (port) => ({ proxy: { host: '127.0.0.1', port } }),
};

describe.each(Object.entries(WAYS))("over axios's adapter, because of `%s`", (_, way) => {
  const client = new HTTPClient({ retry: { base: 0.001 }, timeout: 2 });
  const post = async (answer: Answer, options: RequestOptions = {}): Promise<HTTPResponse> => {
    // As a proxy, the service answers for whatever host it is asked about.
    const api = await service([answer]);
    return client.post(api.url, { data: 'x', ...way(api.port), ...options });
  };

  test('a gzip body is decoded', async () => {
    expect((await post(zipped(ZIPPED))).data).toEqual(ITEMS);
  });

  test('a gzip body may be read as bytes', async () => {
    const { data } = await post(zipped(ZIPPED), { responseType: 'arraybuffer' });

    expect(JSON.parse(Buffer.from(data as Buffer).toString())).toEqual(ITEMS);
  });

  test('a gzip body stays as it is where nobody wants it decoded', async () => {
    const { data } = await post(zipped(ZIPPED), { responseType: 'arraybuffer', decompress: false });

    expect(Buffer.from(data as Buffer).equals(ZIPPED)).toBe(true);
  });

  test('a truncated gzip body is a ContentDecodingError', async () => {
    const call = post(zipped(ZIPPED.subarray(0, 30)));

    await expect(call).rejects.toMatchObject({ name: 'ContentDecodingError', sent: 'yes', retries: 0 });
  });

  test('a corrupt gzip body is a ContentDecodingError', async () => {
    const call = post(zipped(Buffer.from('no gzip at all')));

    await expect(call).rejects.toMatchObject({ name: 'ContentDecodingError', sent: 'yes', retries: 0 });
  });

  test('a gzip bomb is a ResponseTooLarge that the service has seen', async () => {
    const call = post(zipped(gzipSync(Buffer.alloc(1_000_000))), { maxContentLength: 10_000 });

    await expect(call).rejects.toMatchObject({ name: 'ResponseTooLarge', sent: 'yes', retries: 0 });
  });

  test('a status that comes with a corrupt body is that status', async () => {
    const call = post(zipped(Buffer.from('no gzip at all'), 404));

    await expect(call).rejects.toMatchObject({ name: 'HTTPError', status: 404 });
  });
});

describe('an adapter of axios that the caller names', () => {
  const VARIABLES = ['HTTP_PROXY', 'http_proxy'];
  const useProxy = (url: string): void => {
    for (const name of VARIABLES) process.env[name] = url;
  };

  afterEach(() => {
    for (const name of VARIABLES) Reflect.deleteProperty(process.env, name);
  });

  test.each<[string, NonNullable<RequestOptions['adapter']>]>([
    ["'http'", 'http'],
    ['a list', ['xhr', 'http', 'fetch']],
  ])('%s does not use the proxy of the environment', async (_, adapter) => {
    const api = await service();
    const proxy = await service();
    useProxy(proxy.url);

    await new HTTPClient({ token: 'mine' }).get(api.url, { adapter });

    expect(proxy.requests).toEqual([]);
    expect(api.requests).toHaveLength(1);
  });

  test('uses it where the client trusts its environment', async () => {
    const api = await service();
    const proxy = await service();
    useProxy(proxy.url);

    await new HTTPClient({ trustEnv: true }).get(api.url, { adapter: 'http' });

    expect(proxy.requests).toHaveLength(1);
    expect(api.requests).toEqual([]);
  });

  test('uses the one that the call names', async () => {
    const api = await service();
    const proxy = await service();

    await new HTTPClient().get(api.url, { adapter: 'http', proxy: { host: '127.0.0.1', port: proxy.port } });

    expect(proxy.requests).toHaveLength(1);
    expect(api.requests).toEqual([]);
  });
});
