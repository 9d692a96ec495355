import { PassThrough } from 'node:stream';
import { HTTPClient } from '../../src/index';
import { ticket } from '../support/schemas';
import { service, type Service } from '../support/service';

type Verbs = Record<string, (...given: unknown[]) => Promise<unknown>>;

const client = new HTTPClient({ retryAttempts: 0 }) as unknown as Verbs;
let api: Service;

beforeEach(async () => {
  api = await service();
});

/** What `client.post('<url>', …)` and the like are rejected with; nothing may reach the service. */
async function refusalOf(verb: string, ...given: unknown[]): Promise<unknown> {
  const outcome = client[verb]?.(...given).then(
    () => 'no refusal',
    (thrown: unknown) => thrown,
  );
  const error = await outcome;
  expect(api.requests).toEqual([]);
  return error;
}

class User {
  readonly token = 's3cret';
}

const BODY = '; the body goes into them, as { json: … } or { data: … }';

describe('more than two arguments', () => {
  test.each<[verb: string, others: unknown[], advice: string]>([
    ['post', [{ name: 'Ada' }, { headers: {} }], BODY],
    ['post', [null, { params: {} }], BODY],
    ['put', [undefined, {}], BODY],
    ['patch', ['text', { timeout: 5 }], BODY],
    ['postJson', [{ json: 1 }, {}], BODY],
    ['putJson', [{ json: 1 }, {}], BODY],
    ['patchJson', [{ json: 1, schema: ticket }, {}], BODY],
    ['get', [{}, {}], ''],
    ['getJson', [{ schema: ticket }, {}], ''],
    ['delete', [{}, {}], ''],
    ['head', [{}, {}], ''],
    ['options', [{}, {}], ''],
  ])('%s(url, …%j)', async (verb, others, advice) => {
    expect(await refusalOf(verb, api.url, ...others)).toEqual(
      new TypeError(`Too many arguments: options are the second argument, after the URL${advice}`),
    );
  });

  test('request(method, url, options, more)', async () => {
    expect(await refusalOf('request', 'POST', api.url, {}, {})).toEqual(
      new TypeError(`Too many arguments: options are the second argument, after the URL${BODY}`),
    );
  });

  test('a callback', async () => {
    expect(await refusalOf('get', api.url, {}, () => undefined)).toEqual(
      new TypeError('Too many arguments: calls take no callback, they return a promise'),
    );
  });

  test('undefined is none: a wrapper may pass it on', async () => {
    await client['post']?.(api.url, { json: 1 }, undefined);

    expect(api.requests).toHaveLength(1);
  });
});

describe('something else in place of options', () => {
  const json = 'the body goes into { json: … }';
  const data = 'the body goes into { data: … }';

  test.each<[verb: string, value: unknown, message: string]>([
    ['post', 's3cret', `an object, got a string: ${data}`],
    ['post', 5, `an object, got 5: ${json}`],
    ['post', true, `an object, got true: ${json}`],
    ['put', ['s3cret'], `a plain object, got a list: ${json}`],
    ['patch', new User(), `a plain object, got an instance of User: ${json}`],
    ['post', new Date(), `a plain object, got an instance of Date: ${json}`],
    ['post', new Map(), `a plain object, got an instance of Map: ${json}`],
    ['post', new FormData(), `a plain object, got an instance of FormData: ${data}`],
    ['post', new URLSearchParams(), `a plain object, got an instance of URLSearchParams: ${data}`],
    ['post', Buffer.from('s3cret'), `a plain object, got an instance of Buffer: ${data}`],
    ['post', new Uint8Array(1), `a plain object, got an instance of Uint8Array: ${data}`],
    ['post', new Blob([]), `a plain object, got an instance of Blob: ${data}`],
    ['post', new PassThrough(), `a plain object, got an instance of PassThrough: ${data}`],
    ['post', () => new PassThrough(), `an object, got a function: ${data}`],
    ['post', AbortSignal.abort(), 'a plain object, got an instance of AbortSignal: it goes into { signal: … }'],
    ['postJson', new User(), `a plain object, got an instance of User: ${json}`],
    ['get', AbortSignal.abort(), 'a plain object, got an instance of AbortSignal: it goes into { signal: … }'],
    ['get', new AbortController(), 'a plain object, got an instance of AbortController: it goes into { signal: controller.signal }'],
    ['get', new URLSearchParams(), 'a plain object, got an instance of URLSearchParams: it goes into { params: … }'],
    ['get', new Headers(), 'a plain object, got an instance of Headers: it goes into { headers: Object.fromEntries(headers) }'],
    ['get', 's3cret', 'an object, got a string: it goes into { token: … } or { params: … }'],
    ['get', () => undefined, 'an object, got a function: calls return a promise'],
    ['get', Promise.resolve({}), 'a plain object, got an instance of Promise: await it first'],
    ['get', new User(), 'a plain object, got an instance of User: pass { ...options }'],
    ['get', Object.create({ timeout: 1 }), 'a plain object, got an instance of Object: pass { ...options }'],
    ['get', [], 'a plain object, got a list'],
    ['delete', 5, 'an object, got 5'],
    ['get', null, 'an object, got null'],
    ['getJson', ticket, 'a plain object, got an object: the schema goes into { schema: … }'],
    ['getJson', Object.assign(() => undefined, ticket), 'an object, got a function: the schema goes into { schema: … }'],
  ])('%s(url, %p)', async (verb, value, message) => {
    expect(await refusalOf(verb, api.url, value)).toEqual(new TypeError(`Options must be ${message}`));
  }); // prettier-ignore
});

describe('request as it is in axios', () => {
  const use = 'use client.request(method, url, options)';

  test.each<[given: unknown[], message: string]>([
    [['/users'], `Method must be an HTTP token, got a URL: ${use}`],
    [['http://ada:s3cret@users', {}], `Method must be an HTTP token, got a URL: ${use}`],
    [['/users', 'GET'], `Method must be an HTTP token, got a URL: ${use}`],
    [['users'], `URL must be a string or a URL, got undefined: ${use}`],
    [[{ url: '/users', token: 's3cret' }], `Method must be an HTTP token, got an object: ${use}, or client.axios.request(config)`],
    [[], `Method must be an HTTP token, got undefined: ${use}`],
    [['GET'], 'URL must be a string or a URL, got undefined'],
  ])('request(...%j)', async (given, message) => {
    expect(await refusalOf('request', ...given)).toEqual(new TypeError(message));
  }); // prettier-ignore

  test('a config in place of the URL is not echoed', async () => {
    expect(await refusalOf('get', { url: '/users', token: 's3cret' })).toEqual(
      new TypeError('URL must be a string or a URL, got an object: the URL is an argument before the options'),
    );
  });
});

test.each(['GET', 'HEAD', 'DELETE'])('`json: true` is no way to parse the response to %s', async (method) => {
  expect(await refusalOf('request', method, api.url, { json: true })).toEqual(
    new TypeError('Option `json` is the body of a request: to parse that of the response, use `getJson`'),
  );
});
