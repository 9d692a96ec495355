import http from 'node:http';
import { inspect } from 'node:util';
import axios from 'axios';
import { HTTPClient, type RequestOptions } from '../../src/index';
import { withoutSecrets } from '../../src/errors/without-secrets';
import { chainOf } from '../support/faults';
import { failure } from '../support/outcome';
import { service } from '../support/service';

const SECRET_URL = 'http://ada:URL-PASSWORD@[bad/?api_key=QUERY-SECRET';

/** What all logs together would show of an exception and its causes. */
function printed(error: Error): string {
  return chainOf(error)
    .flatMap((link) => [
      inspect(link, { depth: Infinity, showHidden: true }),
      inspect({ ...(link as object) }),
      JSON.stringify(link),
      String((link as Error).stack),
    ])
    .join('\n');
}

function secretsIn(text: string): string[] {
  return [...new Set(text.match(/\b[A-Z]+-(?:SECRET|PASSWORD|TOKEN)\b/g))];
}

describe('of a redirect that is refused or fails', () => {
  const LOCATIONS = {
    '/scheme': 'ftp://bob:LOCATION-PASSWORD@x/?token=LOCATION-TOKEN',
    '/bad': 'https://bob:LOCATION-PASSWORD@[bad/?token=LOCATION-TOKEN',
    '/relative': '//[bad/?token=LOCATION-TOKEN',
    '/port': 'http://bob:LOCATION-PASSWORD@x:99999/?token=LOCATION-TOKEN',
    '/refused': 'http://bob:LOCATION-PASSWORD@127.0.0.1:1/?token=LOCATION-TOKEN',
    '/loop': '/loop?token=LOCATION-TOKEN',
  };
  const ADAPTERS: [string, RequestOptions][] = [
    ['the transport', {}],
    ["axios's adapter", { onDownloadProgress: () => undefined }],
    ["axios's adapter, given as a function", { adapter: axios.getAdapter('http') }],
    ["axios's fetch adapter", { adapter: 'fetch' }],
  ];

  test.each(ADAPTERS)('%s shows no secret', async (_, options) => {
    const api = await service(({ url }) => {
      const { pathname } = new URL(url, 'http://a');
      return { status: 302, headers: { location: LOCATIONS[pathname as keyof typeof LOCATIONS] } };
    });
    const client = new HTTPClient({ token: 'BEARER-SECRET', retryAttempts: 0, maxRedirects: 2 });

    for (const path of Object.keys(LOCATIONS)) {
      const url = `http://ada:URL-PASSWORD@127.0.0.1:${api.port}${path}`;
      const headers = { 'X-Api-Key': 'HEADER-SECRET' };
      const error = await failure(client.get(url, { params: { api_key: 'QUERY-SECRET' }, headers, ...options }));
      expect([path, ...secretsIn(printed(error))]).toEqual([path]);
    }
  });
});

test.each<[string, () => RequestOptions]>([
  ['an agent', () => ({ httpAgent: Object.assign(new http.Agent(), { createConnection: () => new URL(SECRET_URL) }) })],
  ['a lookup', () => ({ lookup: () => Promise.reject(new Error(`no host in ${SECRET_URL}, sorry`)) })],
  ['a transformResponse', () => ({ transformResponse: () => new URL('/x', SECRET_URL) })],
  ['a body function', () => ({ data: () => new URL('/x', SECRET_URL) as never })],
])('a URL in the error of %s is redacted', async (_, options) => {
  const api = await service();
  const url = api.url.replace('127.0.0.1', 'localhost');

  const error = await failure(new HTTPClient({ retryAttempts: 0 }).post(url, options()));

  expect(error.cause).toBeDefined();
  expect(secretsIn(printed(error))).toEqual([]);
});

test('the error stays the same object, with what is no secret', () => {
  const cause = Object.assign(new TypeError('Invalid URL'), {
    input: '/x?api_key=QUERY-SECRET&page=2',
    base: 'http://ada:URL-PASSWORD@users:8000/',
  });
  const error = new Error('at http://ada:URL-PASSWORD@users/?token=URL-TOKEN.', { cause });

  expect(withoutSecrets(error)).toBe(error);
  expect(error.message).toBe('at http://users/?token=***.');
  expect(error.stack).toMatch('at http://users/?token=***.\n');
  expect(cause).toMatchObject({ input: '/x?api_key=***&page=2', base: 'http://users:8000/' });
});

test('a secret in the message of a cause is in neither its stack nor the message of the exception', async () => {
  const token = (): never => {
    const thrown = new Error('vault said token=VAULT-TOKEN');
    // The stack keeps the message that the error was created with.
    throw Object.assign(thrown, { message: `no secret: ${thrown.message}`, stack: thrown.stack });
  };

  const error = await failure(new HTTPClient({ token }).get('http://127.0.0.1:1/'));

  expect(error.message).toMatch('no token available: no secret: vault said token=***');
  expect(secretsIn(printed(error))).toEqual([]);
  expect(error.cause).toHaveProperty('stack', expect.stringMatching(/without-secrets\.urls\.test\.ts:\d+:\d+/));
});

test('the errors of an AggregateError are looked at, and a circle ends', () => {
  const error = new AggregateError([new Error(SECRET_URL)], 'all failed');
  error.cause = error;

  expect(secretsIn(String((withoutSecrets(error) as AggregateError).errors[0]))).toEqual([]);
});

test('a frozen error is left alone', () => {
  const error = Object.freeze(new Error('http://ada:pw@users/'));

  expect(withoutSecrets(error)).toBe(error);
});
