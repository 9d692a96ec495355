import https from 'node:https';
import { Readable } from 'node:stream';
import { HTTPClient } from '../../src/index';
import { certificateFor } from '../support/certificates';
import { rawService } from '../support/raw-service';
import { service } from '../support/service';

const client = new HTTPClient({ retry: { base: 0.001 } });
const to = (location: string, status = 302): { status: number; headers: { location: string } } => ({
  status,
  headers: { location },
});

test.each([
  [301, 'POST', 'GET'],
  [302, 'POST', 'GET'],
  [303, 'POST', 'GET'],
  [303, 'PUT', 'GET'],
  [303, 'DELETE', 'GET'],
  [303, 'HEAD', 'HEAD'],
  [301, 'PUT', 'PUT'],
  [302, 'PATCH', 'PATCH'],
  [302, 'HEAD', 'HEAD'],
  [307, 'POST', 'POST'],
  [308, 'POST', 'POST'],
  [308, 'PUT', 'PUT'],
])('a %i makes of a %s a %s', async (status, method, next) => {
  const api = await service([to('/new', status), { status: 204 }]);
  const body = method === 'HEAD' ? {} : { json: { id: 1 } };

  await client.request(method, `${api.url}/old`, body);

  const [, second] = api.requests;
  expect(second).toMatchObject({ method: next, url: '/new' });
  const isKept = next === method && method !== 'HEAD';
  expect(second?.body.toString()).toBe(isKept ? '{"id":1}' : '');
  expect(second?.headers['content-type']).toBe(isKept ? 'application/json' : undefined);
  if (next === 'GET') expect(second?.headers).not.toHaveProperty('content-length');
});

test.each([300, 304, 305])('a %i is an answer like any other', async (status) => {
  const api = await service([to('/new', status)]);

  expect((await client.get(api.url)).status).toBe(status);
  expect(api.requests).toHaveLength(1);
});

test('without a Location there is nowhere to go', async () => {
  const api = await service([{ status: 302, body: 'here' }]);

  expect(await client.get(api.url)).toMatchObject({ status: 302, data: 'here' });
});

test.each([
  ['/c', '/c'],
  ['c', '/a/c'],
  ['../c', '/c'],
  ['?d=1', '/a/b?d=1'],
  ['/c#part', '/c'],
])('a Location %s starts from the URL of the request', async (location, path) => {
  const api = await service([to(location), {}]);

  const response = await client.get(`${api.url}/a/b?x=1`);

  expect(api.requests[1]?.url).toBe(path);
  expect(response.url).toBe(`${api.url}${path}`);
});

test('one connection carries all requests to the same host', async () => {
  const api = await service([{ ...to('/b'), body: 'moved' }, { body: 'here' }]);
  // undici's Pool opens a second one where the first is not idle yet.
  const onHTTP = new HTTPClient({ transport: 'http' });

  expect((await onHTTP.get(api.url)).data).toBe('here');
  expect(await api.connections()).toBe(1);
});

test('a loop ends after maxRedirects, and is not retried', async () => {
  const api = await service([to('/')]);

  await expect(client.get(api.url, { maxRedirects: 4 })).rejects.toMatchObject({
    name: 'TooManyRedirects',
    code: 'TOO_MANY_REDIRECTS',
    message: expect.stringContaining('more than 4 redirects') as string,
    retries: 0,
  });
  expect(api.requests).toHaveLength(5);
});

test('20 redirects are the most by default', async () => {
  const api = await service([to('/')]);

  await expect(client.get(api.url)).rejects.toMatchObject({ code: 'TOO_MANY_REDIRECTS' });
  expect(api.requests).toHaveLength(21);
});

describe('is refused', () => {
  test.each([
    ['http://[bad', 'the Location of the 302 is not a valid URL'],
    ['ftp://a/b', 'a 302 redirects to the unsupported scheme ftp:'],
    ['file:///etc/passwd', 'a 302 redirects to the unsupported scheme file:'],
    ['data:text/plain,hello', 'a 302 redirects to the unsupported scheme data:'],
  ])('a Location %s', async (location, message) => {
    const api = await service([to(location)]);

    await expect(client.get(api.url)).rejects.toMatchObject({
      name: 'InvalidRequest',
      code: 'REDIRECT_REFUSED',
      message: expect.stringContaining(message) as string,
      retries: 0,
    });
    expect(api.requests).toHaveLength(1);
  });

  test.each([307, 308])('a %i that asks for a stream again', async (status) => {
    const api = await service([to('/new?token=abc', status)]);

    const failure = client.post(api.url, { data: Readable.from([Buffer.from('once')]) });

    await expect(failure).rejects.toMatchObject({ code: 'REDIRECT_REFUSED', retries: 0 });
    await expect(failure).rejects.toThrow(
      /\/new\?token=\*\*\* requires the body again, but a stream can be sent only once$/,
    );
    expect(api.requests).toHaveLength(1);
  });

  test('the way from https to http', async () => {
    const api = await service();
    const tls = await certificateFor('127.0.0.1');
    const secure = await rawService((socket) => {
      socket.end(`HTTP/1.1 302 Found\r\nLocation: ${api.url}/plain#s3cret\r\nContent-Length: 0\r\n\r\n`);
    }, tls);

    const failure = client.get(secure.url, { httpsAgent: new https.Agent({ ca: tls.cert }) });

    await expect(failure).rejects.toMatchObject({ code: 'REDIRECT_REFUSED' });
    await expect(failure).rejects.toThrow(new RegExp(`a 302 redirects from https to http: ${api.url}/plain$`));
    expect(api.requests).toHaveLength(0);
  });
});

test('a redirect after a 303 is followed, because the stream is gone', async () => {
  const api = await service([to('/done', 303), to('/moved', 307), { body: 'moved' }]);

  const response = await client.post(api.url, { data: Readable.from(['x']) });

  expect(response.data).toBe('moved');
  expect(api.requests.map(({ method, url }) => `${method} ${url}`)).toEqual(['POST /', 'GET /done', 'GET /moved']);
});

test('a 303 after a stream is followed, for it asks for no body', async () => {
  const api = await service([to('/done', 303), { body: 'done' }]);

  expect((await client.post(api.url, { data: Readable.from([Buffer.from('once')]) })).data).toBe('done');
  expect(api.requests[1]?.headers).not.toHaveProperty('transfer-encoding');
});

test('a function gives a 307 the body again', async () => {
  const api = await service([to('/new', 307), {}]);

  await client.post(api.url, { data: () => Readable.from([Buffer.from('again')]) });

  expect(api.requests.map(({ body }) => body.toString())).toEqual(['again', 'again']);
});

describe('secrets', () => {
  const headers = {
    Cookie: 'a=1',
    'X-Api-Key': 'k',
    subscriptionKey: 's',
    'Proxy-Authorization': 'p',
    'X-Own': 'o',
    'X-Plain': 'x',
    Host: 'name',
  };

  test('stay with the origin they were meant for', async () => {
    const other = await service();
    const api = await service([to(`${other.url}/there`, 307)]);

    await client.post(api.url, { token: 'secret', headers, json: 1, sensitiveHeaders: ['x-own'] });

    const received = other.requests[0]?.headers;
    expect(received).toMatchObject({
      'x-plain': 'x',
      host: `127.0.0.1:${other.port}`,
      'content-type': 'application/json',
    });
    for (const name of ['authorization', 'cookie', 'x-api-key', 'subscriptionkey', 'proxy-authorization', 'x-own']) {
      expect(api.requests[0]?.headers).toHaveProperty(name);
      expect(received).not.toHaveProperty(name);
    }
  });

  test('go along within the same origin', async () => {
    const api = await service([to('/there'), {}]);

    await client.get(api.url, { token: 'secret', headers });

    expect(api.requests[1]?.headers).toMatchObject({
      authorization: 'Bearer secret',
      cookie: 'a=1',
      'x-api-key': 'k',
      host: 'name',
    });
  });

  test('do not come back when the way leads back', async () => {
    const back = { url: '' };
    const other = await service(() => to(`${back.url}/end`));
    const api = await service([to(other.url), {}]);
    back.url = api.url;

    await client.get(api.url, { token: 'secret' });

    expect(api.requests.map((request) => request.headers.authorization)).toEqual(['Bearer secret', undefined]);
  });

  test('in a Location are not taken for ours', async () => {
    const api = await service([]);
    const first = await service([to(`http://ada:pw@127.0.0.1:${api.port}/`)]);

    const response = await client.get(first.url);

    expect(api.requests[0]?.headers).not.toHaveProperty('authorization');
    expect(response.url).toBe(`${api.url}/`);
  });
});
