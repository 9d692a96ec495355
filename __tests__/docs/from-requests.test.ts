import http from 'node:http';
import https from 'node:https';
import net, { type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { TLSSocket } from 'node:tls';
import vm from 'node:vm';
import ts from 'typescript';
import { HTTPClient, isSSLError, Timeout } from '../../src/index';
import { certificateFor } from '../support/certificates';
import { rawService } from '../support/raw-service';
import { service, type Answer, type Received, type Service } from '../support/service';
import { KEYWORDS, PAGE } from './keywords';

const JWT = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9...';

/** The TypeScript of the page, by the heading above it. */
const EXAMPLES = new Map(
  PAGE.split(/^### /m)
    .slice(1)
    .map((section) => [
      section.slice(0, section.indexOf('\n')),
      /^```ts\n(.*?)^```/ms.exec(section)?.[1] ?? 'no TypeScript below this heading',
    ]),
);

/** Runs an example of the page against `api`, whatever host it names, and returns what it declared. */
async function run(title: string, api: Service): Promise<Record<string, unknown>> {
  const source = EXAMPLES.get(title) ?? '';
  const names = [...source.matchAll(/^const (\w+)/gm)].map(([, name]) => name);
  const story = `return (async () => { ${source.replace(/^import .*$/gm, '')} return { ${names.join()} }; })();`;
  const { outputText } = ts.transpileModule(story, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  const httpAgent = Object.assign(new http.Agent(), { createConnection: () => net.connect(api.port, '127.0.0.1') });
  class LoopbackClient extends HTTPClient {
    constructor() {
      super({ httpAgent, retry: { base: 0.001 } });
    }
  }
  const start = vm.compileFunction(outputText, ['HTTPClient']) as (type: unknown) => Promise<Record<string, unknown>>;
  return start(LoopbackClient);
}

describe('the examples of the contract', () => {
  test('Get', async () => {
    const api = await service([{ json: { id: '123' } }]);

    const { response } = await run('Get', api);

    expect(response).toMatchObject({ status: 200, ok: true, data: { id: '123' }, config: { timeout: 10_000 } });
    expect(api.requests).toHaveLength(1);
    expect(api.requests[0]).toMatchObject({
      method: 'GET',
      url: '/api/v1/users/123',
      headers: { host: 'user-service:8000', authorization: `Bearer ${JWT}` },
    });
  });

  test('Get JSON', async () => {
    const api = await service([{ json: { id: '123', name: 'Ada' } }]);

    const { userData } = await run('Get JSON', api);

    expect(userData).toEqual({ id: '123', name: 'Ada' });
    expect(api.requests[0]).toMatchObject({ method: 'GET', headers: { authorization: `Bearer ${JWT}` } });
  });

  test('Post JSON', async () => {
    const api = await service([{ status: 201, json: { id: '7', name: 'John Doe' } }]);

    const { newUser } = await run('Post JSON', api);

    expect(newUser).toEqual({ id: '7', name: 'John Doe' });
    expect(api.requests[0]).toMatchObject({
      method: 'POST',
      url: '/api/v1/users/',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${JWT}` },
    });
    expect(api.requests[0]?.body.toString()).toBe('{"name":"John Doe","email":"john@example.com"}');
  });

  test('Retry configuration', async () => {
    const failures = (count: number): Answer[] => Array.from({ length: count }, () => ({ status: 503 }));
    const api = await service([...failures(3), {}, ...failures(5), {}, { status: 503 }]);

    const outcome = run('Retry configuration', api);

    // The first call is its fourth attempt's, the second its sixth's, and the third has one only.
    await expect(outcome).rejects.toMatchObject({ status: 503, retries: 0 });
    expect(api.requests).toHaveLength(4 + 6 + 1);
  });

  test('Basic GET request', async () => {
    const api = await service([{ json: { id: '123' } }]);

    const { data } = await run('Basic GET request', api);

    expect(data).toEqual({ id: '123' });
    expect(api.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  test('Authenticated request', async () => {
    const api = await service();

    await run('Authenticated request', api);

    expect(api.requests[0]).toMatchObject({
      url: '/api/v1/tickets/456',
      headers: { host: 'ticket-service:8000', authorization: `Bearer ${JWT}` },
    });
  });

  test('JSON helper method', async () => {
    const api = await service([{ json: { id: '123' } }]);

    expect((await run('JSON helper method', api))['user']).toEqual({ id: '123' });
  });

  test('POST with JSON data', async () => {
    const api = await service([{ status: 201, json: { id: '9' } }]);

    const { newTicket } = await run('POST with JSON data', api);

    expect(newTicket).toEqual({ id: '9' });
    expect(JSON.parse(api.requests[0]?.body.toString() ?? '')).toEqual({
      title: 'New Issue',
      description: 'Problem description',
      priority: 'high',
    });
  });
});

const client = new HTTPClient({ retryAttempts: 0 });
const ok = (socket: Socket): unknown => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');

async function received(options: Parameters<HTTPClient['post']>[1]): Promise<Received | undefined> {
  const api = await service();
  await client.post(`${api.url}/path`, options);
  return api.requests[0];
}

/** What each keyword argument of `requests` does, done our way. */
const ROWS: Record<string, () => Promise<void>> = {
  async params() {
    const request = await received({ params: { tag: ['a', 'b'], page: 2, none: null, missing: undefined } });
    expect(request?.url).toBe('/path?tag=a&tag=b&page=2');
  },
  async data() {
    const request = await received({ data: { name: 'Ada', tag: ['a', 'b'] } });
    expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(request?.body.toString()).toBe('name=Ada&tag=a&tag=b');
  },
  async json() {
    const request = await received({ json: { name: 'Ada' } });
    expect(request?.headers['content-type']).toBe('application/json');
    expect(request?.body.toString()).toBe('{"name":"Ada"}');
  },
  async headers() {
    expect((await received({ headers: { 'X-Request-Id': '42' } }))?.headers['x-request-id']).toBe('42');
  },
  async cookies() {
    expect((await received({ headers: { Cookie: 'session=1' } }))?.headers.cookie).toBe('session=1');
  },
  async files() {
    const form = new FormData();
    form.set('report', new Blob(['a;b\n'], { type: 'text/csv' }), 'report.csv');
    const request = await received({ data: form });
    expect(request?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(request?.body.toString()).toContain(
      'Content-Disposition: form-data; name="report"; filename="report.csv"\r\nContent-Type: text/csv\r\n\r\na;b\n\r\n',
    );
  },
  async auth() {
    const request = await received({ auth: { username: 'user', password: 'password' } });
    expect(request?.headers.authorization).toBe(`Basic ${Buffer.from('user:password').toString('base64')}`);
  },
  async timeout() {
    const api = await service([{ delay: 2000 }]);
    await expect(client.get(api.url, { timeout: 0.05 })).rejects.toBeInstanceOf(Timeout);
  },
  async allow_redirects() {
    const api = await service([{ status: 302, headers: { location: '/elsewhere' } }]);
    const response = await client.get(api.url, { maxRedirects: 0 });
    expect(response).toMatchObject({ status: 302, headers: { location: '/elsewhere' } });
    expect(api.requests).toHaveLength(1);
  },
  async proxies() {
    const proxy = await service([{ body: 'by proxy' }]);
    const options = { proxy: { protocol: 'http', host: '127.0.0.1', port: proxy.port } };
    expect((await client.get('http://user-service:8000/users', options)).data).toBe('by proxy');
    expect(proxy.requests[0]?.url).toBe('http://user-service:8000/users');
  },
  async hooks() {
    const api = await service([{ status: 503 }, { body: 'hello' }]);
    const hooked = new HTTPClient({ retry: { base: 0.001 } });
    const seen: unknown[] = [];
    hooked.axios.interceptors.response.use((response) => {
      seen.push(response.data);
      return response;
    });
    await hooked.get(api.url);
    expect(seen).toEqual(['hello']);
  },
  async stream() {
    const api = await service([{ body: 'as a stream' }]);
    const { data } = await client.get<Readable>(api.url, { responseType: 'stream' });
    expect(await text(data)).toBe('as a stream');
  },
  async verify() {
    const { key, cert } = await certificateFor('127.0.0.1');
    const api = await rawService(ok, { key, cert });
    const refusal: unknown = await client.get(api.url).catch((error: unknown) => error);
    const unverified = await client.get(api.url, { httpsAgent: new https.Agent({ rejectUnauthorized: false }) });
    const verified = await client.get(api.url, { httpsAgent: new https.Agent({ ca: cert }) });
    expect([isSSLError(refusal), unverified.status, verified.status]).toEqual([true, 200, 200]);
  },
  async cert() {
    const [own, caller] = [await certificateFor('127.0.0.1'), await certificateFor('caller')];
    const names: unknown[] = [];
    const answer = (socket: Socket): void => {
      if (socket instanceof TLSSocket) names.push(socket.getPeerCertificate().subject.CN);
      ok(socket);
    };
    const api = await rawService(answer, { ...own, ca: caller.cert, requestCert: true, rejectUnauthorized: true });
    await expect(client.get(api.url, { httpsAgent: new https.Agent({ ca: own.cert }) })).rejects.toThrow();
    await client.get(api.url, { httpsAgent: new https.Agent({ ca: own.cert, ...caller }) });
    expect(names).toEqual(['caller']);
  },
};

test.each(Object.entries(ROWS))('%s has its counterpart', async (_, row) => {
  await row();
});

test('every keyword argument of the page has its test', () => {
  expect(Object.keys(ROWS)).toEqual(KEYWORDS.map(({ name }) => name));
});
