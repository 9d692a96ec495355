import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { HTTPClient, HTTPResponse, isRequestException, type HTTPClientOptions } from '../../src/index';
import { mockClient, type Answer, type Received } from '../../src/testing/index';
import { startService } from '../../src/testing/service';

interface Scene {
  readonly answers: readonly Answer[];
  readonly options?: HTTPClientOptions;
  /** Whether there is a token to be had for one that was refused. */
  readonly renewable?: boolean;
  readonly path?: string;
  /** @default a GET */
  readonly call?: (client: HTTPClient, url: string) => Promise<unknown>;
}

const PROBLEM = { 'Content-Type': 'application/problem+json' };

const scenes: Record<string, Scene> = {
  JSON: { answers: [{ json: { id: 7 } }] },
  'JSON null': { answers: [{ json: null }], call: async (client, url) => client.getJson(url) },
  'JSON of another content type': { answers: [{ headers: { 'content-type': 'text/json' }, body: '{"a":1}' }] },
  text: { answers: [{ body: 'text' }] },
  'a charset': { answers: [{ headers: { 'Content-Type': 'text/plain; charset=latin1' }, body: Buffer.from([0xe4]) }] },
  bytes: {
    answers: [{ body: Buffer.from([1, 2]) }],
    call: async (client, url) => client.get(url, { responseType: 'arraybuffer' }),
  },
  'no body': { answers: [{}] },
  'no body where JSON is wanted': { answers: [{}], call: async (client, url) => client.getJson(url) },
  'no JSON where JSON is wanted': { answers: [{ body: '<p>' }], call: async (client, url) => client.getJson(url) },
  'status 204': { answers: [{ status: 204 }] },
  'status 201, with a header': {
    answers: [{ status: 201, headers: { Location: '/users/7', 'X-Two': ['a', 'b'], 'Set-Cookie': ['a=1', 'b=2'] } }],
  },
  'a status of its own': { answers: [{ status: 299 }] },
  'a header with spaces around': { answers: [{ headers: { 'X-Spaces': '  a  ' } }] },
  HEAD: { answers: [{ headers: { 'Content-Length': '99' } }], call: async (client, url) => client.head(url) },
  POST: {
    answers: [{ status: 201 }],
    call: async (client, url) => client.post(url, { json: { a: 1 }, headers: { 'X-UPPER': 'Value' } }),
  },
  'a form': { answers: [{}], call: async (client, url) => client.post(url, { data: { a: 1, b: ['x', 'y'] } }) },
  'a file': {
    answers: [{}],
    call: async (client, url) => client.put(url, { data: new Blob(['blob'], { type: 'image/png' }) }),
  },
  params: { answers: [{}], call: async (client, url) => client.get(url, { params: { a: [1, 2], b: 'ü' } }) },
  token: { answers: [{}], options: { token: 'a-token' } },
  'Basic credentials': {
    answers: [{}],
    call: async (client, url) => client.get(url, { auth: { username: 'u', password: 'p' } }),
  },
  retries: {
    answers: [{ hangUp: true }, { status: 503 }, { status: 429, headers: { 'Retry-After': '0' } }, { json: 1 }],
  },
  'retries in vain': { answers: [{ status: 503, json: { reason: 'down' } }], options: { retryAttempts: 2 } },
  'a Retry-After that is too long': { answers: [{ status: 503, headers: { 'Retry-After': '3600' } }] },
  'a retry that is forbidden': { answers: [{ status: 503, headers: { 'X-Should-Retry': 'false' } }] },
  'status 404': { answers: [{ status: 404, body: 'nobody' }] },
  'a problem': { answers: [{ status: 409, headers: PROBLEM, body: '{"title":"taken"}' }] },
  timeout: { answers: [{ delay: Infinity }], options: { timeout: 0.1, retryAttempts: 1 } },
  deadline: { answers: [{ status: 503 }, { delay: Infinity }], options: { timeout: 5, deadline: 0.25 } },
  'a hang-up': { answers: [{ hangUp: true }], options: { retryAttempts: 0 } },
  'an aborted signal': { answers: [], call: async (client, url) => client.get(url, { signal: AbortSignal.abort() }) },
  abort: { answers: [{ delay: Infinity }], call: async (client, url) => client.get(url, { signal: soon() }) },
  'a replay with another token': {
    answers: [{ status: 401 }, { json: 'ok' }],
    renewable: true,
  },
  'a token that is refused for good': { answers: [{ status: 401 }], options: { token: 'a-token' } },
  'a redirect': {
    answers: [{ status: 302, headers: { Location: '/there' } }, { json: 1 }],
    options: { token: 'a-token' },
  },
  'a redirect of a POST': {
    answers: [{ status: 307, headers: { Location: '/there' } }, {}],
    call: async (client, url) => client.post(url, { json: 1 }),
  },
  'a redirect in a circle': {
    answers: [{ status: 302, headers: { Location: '/a' } }],
    call: async (client, url) => client.get(url, { maxRedirects: 2 }),
  },
  'a redirect that is not followed': {
    answers: [{ status: 302, headers: { Location: '/a' } }],
    call: async (client, url) => client.get(url, { maxRedirects: 0 }),
  },
  'a redirect to nowhere': { answers: [{ status: 302, headers: { Location: 'ftp://host/' } }] },
  gzip: { answers: [{ headers: { 'Content-Encoding': 'gzip' }, body: gzipSync('zipped') }] },
  'no gzip': { answers: [{ headers: { 'Content-Encoding': 'gzip' }, body: 'plain' }] },
  'a body that is too large': { answers: [{ body: 'x'.repeat(2000) }], options: { maxResponseSize: 1000 } },
  stream: { answers: [{ body: 'streamed' }], call: streamed },
  'a stream of a failure': {
    answers: [{ status: 500, body: 'streamed' }],
    options: { retryAttempts: 0 },
    call: streamed,
  },
  'client.axios': {
    answers: [{ status: 503 }, { json: 1 }],
    call: async (client, url) => (await client.axios.get<unknown>(url)).data,
  },
  'a validateStatus of its own': {
    answers: [{ status: 500 }],
    call: async (client, url) => client.get(url, { validateStatus: null }),
  },
};

async function streamed(client: HTTPClient, url: string): Promise<unknown> {
  const { status, data } = await client.get<Readable>(url, { responseType: 'stream' });
  return [status, await text(data)];
}

function soon(): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => {
    controller.abort(new Error('enough'));
  }, 100);
  return controller.signal;
}

/** Options for one client. */
function optionsOf({ options = {}, renewable = false }: Scene): HTTPClientOptions {
  let token = 'old';
  return renewable ? { ...options, token: { getToken: () => token, invalidate: () => (token = 'new') } } : options;
}

/** What becomes of the call, as its caller sees it. */
async function outcomeOf(client: HTTPClient, { call }: Scene, url: string): Promise<unknown> {
  try {
    const outcome = await (call ?? (async (one, target) => one.get(target)))(client, url);
    return outcome instanceof HTTPResponse ? answerOf(outcome) : outcome;
  } catch (error) {
    if (!isRequestException(error)) throw error;
    const { name, message, code, method, retryable, sent, retries, retryAfter, response } = error;
    const attempts = error.attempts.map(({ outcome, decision, reason, wait }) => ({ outcome, decision, reason, wait }));
    const answer = response instanceof HTTPResponse ? answerOf(response) : undefined;
    const problem = 'problem' in error ? error.problem : undefined;
    const phase = 'phase' in error ? error.phase : undefined;
    return {
      name,
      message,
      code,
      method,
      url: error.url,
      retryable,
      sent,
      phase,
      retries,
      retryAfter,
      attempts,
      answer,
      problem,
    };
  }
}

/** Of the headers, those that Node writes by itself are left out. */
function answerOf(response: HTTPResponse): object {
  const { status, statusText, data, ok, url, retries } = response;
  const own = Object.entries(response.headers).filter(
    ([name]) => !/^(date|connection|keep-alive|transfer-encoding)$/.test(name),
  );
  return { status, statusText, data, ok, url, retries, headers: Object.fromEntries(own) };
}

/** What was sent, but for what belongs to the connection, and for the key that is new each time. */
function sentBy(requests: readonly Received[], origin: string): unknown[] {
  return requests.map(({ method, url, headers, body, token }) => {
    const own = Object.entries(headers).filter(([name]) => !/^(connection|host|idempotency-key)$/.test(name));
    return { method, path: url.replace(origin, ''), headers: Object.fromEntries(own), body: body.toString(), token };
  });
}

test.each(Object.entries(scenes))('%s: a mock client does as a client with a service does', async (_, scene) => {
  await using api = await startService(scene.answers);
  const url = `${api.url}/users`;
  const real = new HTTPClient({ retry: { base: 0 }, ...optionsOf(scene) });
  const mock = mockClient(scene.answers, optionsOf(scene));

  const outcome = await outcomeOf(real, scene, url);

  expect(await outcomeOf(mock, scene, url)).toEqual(outcome);
  expect(sentBy(mock.requests, api.url)).toEqual(sentBy(api.requests, api.url));
  real.close();
});
