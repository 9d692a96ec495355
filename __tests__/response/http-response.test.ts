import { inspect } from 'node:util';
import { HTTPClient, HTTPResponse, JSONDecodeError } from '../../src/index';
import { service, type Answer } from '../support/service';

const client = new HTTPClient({ retry: { base: 0.001 } });

async function get(answer: Answer, options?: Parameters<HTTPClient['get']>[1]): Promise<HTTPResponse> {
  const api = await service([answer]);
  return client.get(api.url, options);
}

describe('the fields', () => {
  test('tell what came back, from where, and at what price', async () => {
    const api = await service([
      { status: 503 },
      { status: 302, headers: { location: '/new?token=abc' } },
      { status: 201, headers: { 'X-Id': '7' }, body: 'made', delay: 30 },
    ]);

    const response = await client.get(`${api.url}/old`);

    expect(response).toMatchObject({ status: 201, statusText: 'Created', ok: true, retries: 1, data: 'made' });
    expect(response.headers['x-id']).toBe('7');
    expect(response.url).toBe(`${api.url}/new?token=***`);
    expect(response.elapsed).toBeGreaterThan(0.025);
    expect(response.elapsed).toBeLessThan(5);
    expect(response.config.url).toBe(`${api.url}/old`);
    expect(response.request).toHaveProperty('method', 'GET');
  });

  test('the URL names neither user nor password', async () => {
    const api = await service();

    const response = await client.get(`http://ada:secret@127.0.0.1:${api.port}/a`);

    expect(response.url).toBe(`${api.url}/a`);
    expect(api.requests[0]?.headers.authorization).toBe(`Basic ${Buffer.from('ada:secret').toString('base64')}`);
  });

  test('params are part of the URL', async () => {
    const api = await service();

    expect((await client.get(api.url, { params: { a: [1, 2] } })).url).toBe(`${api.url}/?a=1&a=2`);
  });

  test('are all there if axios carried the request itself', async () => {
    const api = await service([{ json: { id: 1 } }]);

    const response = await client.get(`${api.url}/a`, { onDownloadProgress: () => undefined });

    expect(response).toBeInstanceOf(HTTPResponse);
    expect(response).toMatchObject({ status: 200, ok: true, retries: 0, data: { id: 1 }, url: `${api.url}/a` });
  });
});

test('JSON has status and data, and does not tell where the response came from', async () => {
  const response = await get({ headers: { 'x-id': '7' }, json: { id: 1 } });

  expect(JSON.parse(JSON.stringify(response))).toEqual({ status: 200, data: { id: 1 } });
});

test('no printing shows what the request held', async () => {
  const response = await get(
    { headers: { 'set-cookie': 'session=abc', 'x-id': '7' }, json: { id: 1 } },
    { token: 'the-token', headers: { 'X-Api-Key': 'the-key' } },
  );

  const printed = inspect(response, { depth: 9, showHidden: true });

  expect(printed).toMatch(/url: 'http:.*x-id.*7/s);
  expect(printed + JSON.stringify(response)).not.toMatch(/the-token|the-key|session=abc/);
});

describe('json()', () => {
  test.each<[string, unknown]>([
    ['{"id":1}', { id: 1 }],
    ['[1]', [1]],
    ['"text"', 'text'],
    ['"123"', '123'],
    ['"\\"nested\\""', '"nested"'],
    ['""', ''],
    ['null', null],
    ['false', false],
    ['0', 0],
    ['\ufeff{"id":1}', { id: 1 }],
    [' \r\n{"id":1}\n', { id: 1 }],
  ])('%j is read the same whatever its content type', async (body, value) => {
    for (const type of ['application/json', 'text/plain']) {
      const response = await get({ headers: { 'content-type': type }, body });

      expect(response.json()).toEqual(value);
      expect(response.json()).toEqual(value);
    }
  });

  test.each(['arraybuffer', 'text', 'json'] as const)('reads a body of responseType %s', async (responseType) => {
    const response = await get({ body: '{"id":"ä"}' }, { responseType });

    expect(response.json()).toEqual({ id: 'ä' });
  });

  test.each([
    ['iso-8859-1', Buffer.from('{"id":"\xe4"}', 'latin1')],
    ['"ISO-8859-1"', Buffer.from('{"id":"\xe4"}', 'latin1')],
    ['utf-16le', Buffer.from('{"id":"ä"}', 'utf16le')],
    ['UTF8', Buffer.from('{"id":"ä"}')],
    ['no-such-charset', Buffer.from('{"id":"ä"}')],
    ['iso-8859-1', Buffer.from('\ufeff{"id":"ä"}', 'utf16le')],
  ])('reads the charset %s, whatever its responseType', async (charset, body) => {
    const answer = { headers: { 'content-type': `application/json; charset=${charset}` }, body };

    expect((await get(answer)).json()).toEqual({ id: 'ä' });
    expect((await get(answer, { responseType: 'arraybuffer' })).json()).toEqual({ id: 'ä' });
  });

  test.each(['text', 'arraybuffer'] as const)(
    'follows responseEncoding, with responseType %s',
    async (responseType) => {
      const answer = { headers: { 'content-type': 'application/json' }, body: Buffer.from('{"id":"\xe4"}', 'latin1') };

      expect((await get(answer, { responseType, responseEncoding: 'latin1' })).json()).toEqual({ id: 'ä' });
    },
  );

  test('reads an ArrayBuffer that an interceptor put in place of the body', async () => {
    const own = new HTTPClient();
    own.axios.interceptors.response.use((response) =>
      Object.assign(response, { data: new TextEncoder().encode('[1]').buffer }),
    );
    const api = await service([{ body: 'x' }]);

    expect((await own.get(api.url)).json()).toEqual([1]);
  });

  test.each([
    ['{"id":1,}', 8],
    ['<html>', 0],
    ['{"id":1', 7],
    ['[1 2]', 3],
    ['{"a":"b\n"}', 5],
    ['01', 1],
    ['{"id":1} x', 9],
  ])('says where %j stops being JSON', async (body, position) => {
    const response = await get({ headers: { 'content-type': 'application/json' }, body });

    const error = thrownBy(() => response.json());

    expect(error).toBeInstanceOf(JSONDecodeError);
    expect(error).toMatchObject({ code: 'JSON_INVALID', position, retries: 0, retryable: false, sent: 'yes' });
    expect(error).toHaveProperty('response', response);
    expect(String(error)).toContain(`(application/json): first error at character ${position} of ${body.length}`);
  });

  test.each(['', ' \n'])('%j is empty, not invalid', async (body) => {
    const response = await get({ body });

    expect(thrownBy(() => response.json())).toMatchObject({
      code: 'JSON_EMPTY',
      message: expect.stringContaining('the body of the 200 response is empty') as string,
    });
  });

  test('getJson rejects with the same error', async () => {
    const api = await service([{ body: 'hello' }]);

    await expect(client.getJson(`${api.url}/a`)).rejects.toMatchObject({
      name: 'JSONDecodeError',
      method: 'GET',
      url: `${api.url}/a`,
      message: `GET ${api.url}/a: the body of the 200 response is not valid JSON (no content type): first error at character 0 of 5`,
    });
  });

  test.each([
    ['a text', '"abc"', 'abc'],
    ['a text that looks like a number', '"123"', '123'],
    ['an empty text', '""', ''],
  ])('a JSON string is not parsed twice where an interceptor replaced the config: %s', async (_, body, expected) => {
    const api = await service([{ body, headers: { 'content-type': 'application/json' } }]);
    const copying = new HTTPClient();
    copying.axios.interceptors.response.use((response) => ({ ...response, config: { ...response.config } }));

    expect((await copying.get(api.url)).json()).toBe(expected);
    expect(await copying.getJson(api.url)).toBe(expected);
  });

  test('a response that was made by hand throws a SyntaxError for invalid JSON', () => {
    const made = new HTTPResponse(
      { status: 200, statusText: '', headers: {}, data: 'not', config: {} as never },
      undefined,
    );

    expect(() => made.json()).toThrow(SyntaxError);
  });

  test('a JSON string of a retried call is not parsed twice', async () => {
    const json = { 'content-type': 'application/json' };
    const api = await service([
      { status: 503, headers: json, body: '"1"' },
      { headers: json, body: '"2"' },
    ]);

    expect(await client.getJson(api.url)).toBe('2');
  });
});

describe('an interceptor of the user', () => {
  test('may unwrap the data, and getJson returns it as it is', async () => {
    const api = await service([{ json: { data: 'text' } }]);
    const unwrapping = new HTTPClient();
    unwrapping.axios.interceptors.response.use((response) => (response.data as { data: never }).data);

    expect(await unwrapping.getJson(api.url)).toBe('text');
    expect(await unwrapping.get(api.url)).toBe('text');
  });

  test('may answer with another response', async () => {
    const api = await service([{ json: { id: 1 } }]);
    const changing = new HTTPClient();
    changing.axios.interceptors.response.use((response) => ({ ...response, data: { id: 2 } }));

    const response = await changing.get(api.url);

    expect(response).toBeInstanceOf(HTTPResponse);
    expect(response.json()).toEqual({ id: 2 });
  });

  test('may add members, which copies do not have', async () => {
    const api = await service([{ json: { id: 1 } }]);
    const adding = new HTTPClient();
    adding.axios.interceptors.response.use((response) => Object.assign(response, { region: 'eu', ok: 'ours stays' }));

    const response = await adding.get(api.url);

    expect(response).toMatchObject({ region: 'eu', ok: true, duration: expect.any(Number) as unknown });
    expect(Object.keys(response)).toEqual(['status', 'data']);
    expect(JSON.parse(JSON.stringify(response))).toEqual({ status: 200, data: { id: 1 } });
  });

  test('may add a getter, which runs when it is read', async () => {
    const api = await service([{ json: { id: 1 } }]);
    const adding = new HTTPClient();
    const get = (): never => {
      throw new Error('no version');
    };
    adding.axios.interceptors.response.use((response) =>
      Object.defineProperty(response, 'version', { get, enumerable: true }),
    );

    const response = await adding.get(api.url);

    expect(thrownBy(() => response['version' as never])).toEqual(new Error('no version'));
  });
});

function thrownBy(step: () => unknown): unknown {
  try {
    return step();
  } catch (error) {
    return error;
  }
}
