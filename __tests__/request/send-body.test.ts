import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { HTTPClient, InvalidRequest, isRequestException, type RequestException } from '../../src/index';
import { service } from '../support/service';

const client = new HTTPClient({ retryAttempts: 0, timeout: 2 });

describe('client.axios sends as axios does', () => {
  test.each<[string, unknown, string, string]>([
    ['an object', { id: 1 }, 'application/json', '{"id":1}'],
    ['a list', [1, 2], 'application/json', '[1,2]'],
    ['URLSearchParams', new URLSearchParams('a=1'), 'application/x-www-form-urlencoded', 'a=1'],
    ['a part of a larger buffer', new Uint8Array([65, 66, 67]).subarray(1, 2), 'application/octet-stream', 'B'],
    ['a Buffer', Buffer.from('bytes'), 'application/octet-stream', 'bytes'],
    ['a Readable', Readable.from([Buffer.from('stream')]), 'application/octet-stream', 'stream'],
    ['a Blob', new Blob(['blob'], { type: 'text/csv' }), 'text/csv', 'blob'],
  ])('%s', async (_, data, type, body) => {
    const api = await service();

    await client.axios.post(api.url, data);

    expect(api.requests[0]?.body.toString()).toBe(body);
    expect(api.requests[0]?.headers['content-type']).toMatch(new RegExp(`^${type}(;|$)`));
  });

  test('a form that it is told to make', async () => {
    const api = await service();

    await client.axios.postForm(api.url, { name: 'Ada', tags: ['a', 'b'] });
    await client.axios.post(api.url, { name: 'Ada' }, { headers: { 'Content-Type': 'multipart/form-data' } });

    for (const { headers, body } of api.requests) {
      const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(headers['content-type'] ?? '')?.[1] ?? 'none';
      expect(body.toString()).toContain(`--${boundary}\r\nContent-Disposition: form-data; name="name"\r\n\r\nAda\r\n`);
      expect(body.toString()).toContain(`--${boundary}--`);
    }
    expect(api.requests).toHaveLength(2);
  });

  test('an object as a form, where the content type says so', async () => {
    const api = await service();
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };

    await client.axios.post(api.url, { a: 1 }, { headers });

    expect(api.requests[0]?.body.toString()).toBe('a=1');
  });

  test('FormData, with its length', async () => {
    const api = await service();
    const form = new FormData();
    form.append('name', 'Ada');

    await client.axios.post(api.url, form);

    expect(api.requests[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(api.requests[0]?.headers['content-length']).toBe(String(api.requests[0]?.body.length));
    expect(api.requests[0]?.body.toString()).toContain('name="name"\r\n\r\nAda\r\n');
  });

  test('no body and no type for a post without data', async () => {
    const api = await service();

    await client.axios.post(api.url);

    expect(api.requests[0]?.headers).toMatchObject({ 'content-length': '0' });
    expect(api.requests[0]?.headers).not.toHaveProperty('content-type');
  });

  test('an object once, whatever the attempts', async () => {
    const api = await service([{ status: 503 }, { status: 503 }, {}]);
    const patient = new HTTPClient({ retry: { base: 0.001 } });

    await patient.axios.post(api.url, { id: 1 });

    expect(api.requests.map(({ body }) => body.toString())).toEqual(['{"id":1}', '{"id":1}', '{"id":1}']);
    expect(new Set(api.requests.map(({ headers }) => headers['content-type']))).toEqual(new Set(['application/json']));
  });
});

test('an interceptor that signs requests may call the transform by itself, as aws4-axios does', async () => {
  const api = await service();
  const signing = new HTTPClient({ retryAttempts: 0 });
  signing.axios.interceptors.request.use((config) => {
    const [transform] = [config.transformRequest ?? []].flat() as ((body: unknown, headers: object) => unknown)[];
    config.headers.set('X-Signed', JSON.stringify(transform?.(config.data, config.headers) ?? ''));
    return config;
  });

  await signing.axios.post(api.url, { id: 1 });
  await signing.post(api.url, { json: { id: 1 } });
  await signing.get(api.url);

  for (const { headers, body } of api.requests) expect(headers['x-signed']).toBe(JSON.stringify(body.toString()));
  expect(api.requests.map(({ headers }) => headers['content-type'])).toEqual([
    'application/json',
    'application/json',
    undefined,
  ]);
});

describe('client.axios stays an axios instance', () => {
  test('it can be called, with a config or with a URL', async () => {
    const api = await service([{ json: { id: 1 } }]);

    const { data } = await client.axios<{ id: number }>({ url: `${api.url}/a` });
    await client.axios(`${api.url}/b`, { method: 'DELETE' });

    expect(data).toEqual({ id: 1 });
    expect(api.requests.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /a', 'DELETE /b']);
  });

  test('its defaults can be changed', async () => {
    const api = await service();
    const own = new HTTPClient();
    own.axios.defaults.headers.common['X-Service'] = 'tickets';
    own.axios.defaults.baseURL = api.url;

    await own.get('/users');
    await own.axios.get('/tickets');

    expect(api.requests.map(({ url, headers }) => [url, headers['x-service']])).toEqual([
      ['/users', 'tickets'],
      ['/tickets', 'tickets'],
    ]);
  });

  test('it makes instances that send and fail the same way, without its interceptors', async () => {
    const api = await service([{ json: [1] }, { status: 404 }]);
    const instance = client.axios.create({ baseURL: api.url });

    expect((await instance.get('/list')).data).toEqual([1]);
    await expect(instance.get('/none')).rejects.toThrow();
    expect(api.requests.map(({ url }) => url)).toEqual(['/list', '/none']);
  });

  test('it counts timeouts in milliseconds, on the clock of the client', async () => {
    const api = await service([{ delay: 2000 }]);

    await expect(client.axios.get(api.url, { timeout: 40 })).rejects.toMatchObject({
      name: 'Timeout',
      code: 'TIMEOUT',
      message: expect.stringContaining('0.04 s') as string,
    });
  });

  test.each([-1, NaN, '5s', 1e12, null, Infinity])('a timeout of %p is refused instead of hanging', async (timeout) => {
    const api = await service();

    const error = await client.axios.get(api.url, { timeout: timeout as number }).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(InvalidRequest);
    expect((error as RequestException).code).toBe('INVALID_OPTION');
    expect((error as RequestException).message).toContain('`timeout` must be a number of milliseconds');
    expect(api.requests).toHaveLength(0);
  });

  test.each([-1, 1.5, 11, '2', NaN])('retryAttempts of %p are refused', async (retryAttempts) => {
    const api = await service();

    const failure = client.axios.get(api.url, { retryAttempts: retryAttempts as number });

    await expect(failure).rejects.toMatchObject({ code: 'INVALID_OPTION' });
    expect(api.requests).toHaveLength(0);
  });

  test.each([
    ['a URL', { url: 'no url' }, 'INVALID_URL'],
    ['a body', { method: 'POST', data: { id: 1n } }, 'INVALID_BODY'],
  ])('%s that cannot be sent is told by its own code', async (_, config, code) => {
    await expect(client.axios.request({ url: 'http://127.0.0.1:9', ...config })).rejects.toMatchObject({ code });
  });

  test('header values that Node would refuse never reach the service', async () => {
    const api = await service();

    const error: unknown = await client.axios
      .get(api.url, { headers: { 'X-Name': 'secret€' } })
      .catch((thrown: unknown) => thrown);

    expect(isRequestException(error) && [error.code, error.message.includes('secret')]).toEqual([
      'INVALID_HEADER',
      false,
    ]);
    expect(api.requests).toHaveLength(0);
  });
});

test('a stream comes as it is', async () => {
  const api = await service([{ json: { id: 1 } }]);

  const { data } = await client.axios.get<Readable>(api.url, { responseType: 'stream' });

  expect(await text(data)).toBe('{"id":1}');
});

test('a transformRequest of the client leaves a POST without a body without a type', async () => {
  const api = await service();

  await new HTTPClient({ transformRequest: (body: unknown) => body }).post(api.url);

  expect(api.requests[0]?.headers['content-type']).toBeUndefined();
});

describe('a transformRequest', () => {
  const pack = (body: unknown): string => `[${String(body)}]`;
  const retry = { base: 0.001 };

  test.each([
    ['of the client', () => new HTTPClient({ retry, transformRequest: pack })],
    ['of the client, in a list', () => new HTTPClient({ retry, transformRequest: [pack] })],
    [
      'assigned to the defaults',
      () => {
        const assigned = new HTTPClient({ retry });
        assigned.axios.defaults.transformRequest = pack;
        return assigned;
      },
    ],
  ])('%s gets what the methods have encoded, once for all attempts', async (_, create) => {
    const api = await service([{ status: 503 }, {}]);

    await create().post(api.url, { json: { id: 1 } });

    for (const { headers, body } of api.requests) {
      expect([headers['content-type'], body.toString()]).toEqual(['application/json', '[{"id":1}]']);
    }
    expect(api.requests).toHaveLength(2);
  });

  test('of a call replaces that of the client; null stands for none', async () => {
    const api = await service();
    const packing = new HTTPClient({ transformRequest: pack });

    await packing.post(api.url, { json: 1, transformRequest: (body) => `<${String(body)}>` });
    await packing.post(api.url, { json: 1, transformRequest: null as never });

    expect(api.requests.map(({ body }) => body.toString())).toEqual(['<1>', '1']);
  });

  test('changes the Content-Type of the body if it sets one', async () => {
    const api = await service();
    const packing = new HTTPClient({
      transformRequest(body, headers) {
        headers.setContentType('application/vnd.packed');
        return pack(body);
      },
    });

    await packing.post(api.url, { data: { a: 1 } });

    expect(api.requests[0]).toMatchObject({ headers: { 'content-type': 'application/vnd.packed' } });
    expect(api.requests[0]?.body.toString()).toBe('[a=1]');
  });
});
