import { CookieJar } from 'tough-cookie';
import { HTTPClient, type HTTPClientOptions } from '../../../src/index';
import { readClientOptions } from '../../../src/client/options/unknown-options';
import { service } from '../../support/service';

const TO_PLUGINS = 'If an axios plugin or interceptor reads it, list it in `extraOptions` of the client.';
const TO_BODY = ': the body goes into { json: … } or { data: … }.';

/** What a call with these options is rejected with; nothing may reach the service. */
async function refusalOf(method: string, options: object, ofClient: HTTPClientOptions = {}): Promise<unknown> {
  const api = await service();
  const call = new HTTPClient(ofClient).request(method, api.url, options);
  const error: unknown = await call.catch((thrown: unknown) => thrown);
  expect(api.requests).toEqual([]);
  return error;
}

/** What an interceptor finds in the config of a call. */
async function seenOf(name: string, ofClient: object, ofCall: object, method = 'GET'): Promise<unknown> {
  const api = await service();
  const client = new HTTPClient(ofClient);
  let seen: unknown;
  client.axios.interceptors.request.use((config) => {
    seen = (config as unknown as Record<string, unknown>)[name];
    return config;
  });
  await client.request(method, api.url, ofCall);
  return seen;
}

const OF_CLIENT_OR_BODY = ': it is an option of the client. A field of the body goes into { json: { name: … } }';

describe('a body in place of options is not lost', () => {
  test.each<[method: string, body: object, message: string]>([
    ['POST', { name: 'Ada' }, `\`name\`${OF_CLIENT_OR_BODY}`],
    ['post', { name: 'Ada' }, `\`name\`${OF_CLIENT_OR_BODY}`],
    ['PUT', { token: 'a-value', name: 'Ada' }, `\`name\`${OF_CLIENT_OR_BODY}`],
    ['PATCH', { amount: 5, method: 'card' }, `\`amount\`${TO_BODY} ${TO_PLUGINS}`],
    ['POST', { date: '2026-11-28', title: 'A ticket' }, `\`title\`${TO_BODY} ${TO_PLUGINS}`],
    ['POST', { id: 7 }, `\`id\`${TO_BODY} ${TO_PLUGINS}`],
    ['POST', { date: '2026-11-28' }, '`date`. Did you mean `data`? A field of the body goes into { json: { date: … } }'],
    ['POST', { body: 'a text' }, '`body`: use `json` or `data`. A field of the body goes into { json: { body: … } }'],
    ['POST', { searchParams: {} }, '`searchParams`: use `params`'],
    ['POST', { json: {}, cacheTtl: 5 }, `\`cacheTtl\`. ${TO_PLUGINS}`],
    ['POST', { data: null, name: 'Ada' }, `\`name\`${OF_CLIENT_OR_BODY}`],
    ['GET', { page: 2 }, `\`page\`: query parameters go into { params: … }. ${TO_PLUGINS}`],
    ['DELETE', { page: 2 }, `\`page\`: query parameters go into { params: … }. ${TO_PLUGINS}`],
    ['GET', JSON.parse('{ "__proto__": 1 }') as object, `\`__proto__\`: query parameters go into { params: … }. ${TO_PLUGINS}`],
  ])('%s %j', async (method, body, message) => {
    expect(await refusalOf(method, body)).toEqual(new TypeError(`Unknown option ${message}`));
  }); // prettier-ignore
});

describe('what other axios plugins read goes through', () => {
  test.each<[string, unknown]>([
    ['cache', false],
    ['cache', { ttl: 5 }],
    ['id', 'users'],
    ['jar', new CookieJar()],
    ['skipAuthRefresh', true],
    ['raxConfig', { retry: 0 }],
    ['_retry', true],
    ['__isRetryRequest', true],
    ['metadata', { start: 1 }],
  ])('%s: %p', async (name, value) => {
    expect(await seenOf(name, {}, { [name]: value })).toEqual(value);
    expect(await seenOf(name, { [name]: value }, {})).toEqual(value);
    expect(await seenOf(name, {}, { [name]: value, json: 1 }, 'POST')).toEqual(value);
  });
});

describe('extraOptions', () => {
  test('lets a name through, whatever its value, in a call and in the client', async () => {
    const ofClient = { extraOptions: ['cacheTtl', 'body'] };

    expect(await seenOf('cacheTtl', ofClient, { cacheTtl: 5 })).toBe(5);
    expect(await seenOf('cacheTtl', { ...ofClient, cacheTtl: 5 }, {})).toBe(5);
    expect(await seenOf('body', ofClient, { body: 'x' }, 'POST')).toBe('x');
    expect(await seenOf('extraOptions', ofClient, {})).toBeUndefined();
  });

  test('is for one client only', async () => {
    new HTTPClient({ extraOptions: ['tenant'] });

    expect(await refusalOf('GET', { tenant: 'a' })).toBeInstanceOf(TypeError);
  });

  test('gives further names to guess from', async () => {
    expect(await refusalOf('GET', { cacheTll: 5 }, { extraOptions: ['cacheTtl'] })).toEqual(
      new TypeError('Unknown option `cacheTll`. Did you mean `cacheTtl`?'),
    );
  });

  test.each<[unknown, string]>([
    ['cacheTtl', 'must be a list of names, got a string'],
    [null, 'must be a list of names, got null'],
    [[5], 'must contain names of options, got 5'],
    [[''], 'must contain names of options, got an empty string'],
    [['timeout'], 'must not contain `timeout`: it has a meaning'],
    [['tokenHosts'], 'must not contain `tokenHosts`: it has a meaning'],
    [['url'], 'must not contain `url`: it has a meaning'],
  ])('%j is wrong', (extraOptions, message) => {
    expect(() => new HTTPClient({ extraOptions } as HTTPClientOptions)).toThrow(
      new TypeError(`Option \`extraOptions\` ${message}`),
    );
  });
});

describe('options of a client', () => {
  test.each<[unknown, string]>([
    ['http://ada:s3cret@users', 'Options must be an object, got a string: the URL goes into { baseURL: … }'],
    [new URL('http://users'), 'Options must be an object, got an instance of URL: the URL goes into { baseURL: … }'],
    [Promise.resolve({}), 'Options must be an object, got an instance of Promise: await it first'],
    [new HTTPClient(), 'Options must be an object, got an instance of HTTPClient: pass the options that it was created from'],
    [new HTTPClient().axios, 'Options must be an object, got a function'],
    [new Map([['timeout', 5]]), 'Options must be an object, got an instance of Map'],
    [{ json: {} }, 'Unknown option `json`: it is an option of a call'],
    [{ signal: AbortSignal.abort() }, 'Unknown option `signal`: it is an option of a call'],
    [{ rejectUnauthorized: false }, 'Unknown option `rejectUnauthorized`: use `httpsAgent: new https.Agent({ rejectUnauthorized })`'],
    [{ cacheTtl: 5 }, `Unknown option \`cacheTtl\`. ${TO_PLUGINS}`],
  ])('%p', (options, message) => {
    expect(() => {
      readClientOptions(options as HTTPClientOptions);
    }).toThrow(new TypeError(message));
  }); // prettier-ignore

  test('a class may hold them', () => {
    class Settings {
      readonly timeout = 2;
    }

    expect(() => new HTTPClient(new Settings())).not.toThrow();
  });
});
