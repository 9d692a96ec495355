import { complaintsAbout } from '../support/compiler';

const PRELUDE = `import HTTP, { HTTPClient, createClient } from '@hdms/http-client';
const client = new HTTPClient(), url = 'http://users', user = { name: 'Ada' };
class User { name = 'Ada' }
void [client, url, user, User, createClient];
`;
const WITHOUT_DEFAULT = PRELUDE.replace('HTTP, ', '');

const REFUSED = [
  "client.post(url, { name: 'Ada' });",
  "client.post(url, { token: 'a', name: 'Ada' });",
  'client.post(url, user);',
  'client.post(url, new User());',
  'client.post(url, { json: user }, { headers: {} });',
  'client.getJson(url, { params: {} }, {});',
  "client.request('GET', url, {}, {});",
  "client.post(url, 'text');",
  'client.post(url, [1]);',
  'client.post(url, new FormData());',
  "client.post(url, Buffer.from('a'));",
  'client.post(url, new URLSearchParams());',
  'client.get(url, AbortSignal.abort());',
  'client.get(url, () => undefined);',
  'client.get(url, Promise.resolve({}));',
  'client.get(url, { rejectUnauthorized: false });',
  'client.get(url, { body: 1 });',
  "client.get(url, { 'axios-retry': {} });",
  'client.get({ url });',
  "client.request('/users');",
  "client.request({ url: '/users' });",
  "client('/users');",
  'client.interceptors.request.use(undefined);',
  'client.defaults;',
  'client.create({});',
  'client.getUri({});',
  'HTTPClient.create({});',
  "HTTPClient.get('/users');",
  'HTTPClient();',
  "new HTTPClient('http://users');",
  'new HTTPClient({ rejectUnauthorized: false });',
  'createClient({ timeOut: 5 });',
];

test('the compiler refuses what would be a TypeError', () => {
  const sources = REFUSED.map((line, index): [string, string] => [`line-${index}`, WITHOUT_DEFAULT + line]);
  const complaints = complaintsAbout(new Map([...sources, ['line-default', `${PRELUDE}new HTTP();`]]));
  const refused = new Set(complaints.map((complaint) => complaint.slice(0, complaint.indexOf(':'))));

  expect([...sources.map(([name]) => name), 'line-default'].filter((name) => !refused.has(name))).toEqual([]);
});

test('and accepts what is right', () => {
  const lines = [
    'await client.post(url, { json: user });',
    'await client.get(url, undefined); await client.getJson(url, undefined);',
    "await client.request('GET', new URL(url), { params: { page: 1 }, cache: undefined } as object);",
    'const name: string = (await client.getJson<{ name: string }>(url)).name; void name;',
    'const get: (url: string | URL, options?: { timeout?: number }) => unknown = client.get.bind(client); void get;',
    `class Users extends HTTPClient {
      override get<T>(url: string | URL, options?: { timeout?: number }) { return super.get<T>(url, options); }
    }
    void Users;`,
  ];

  expect(complaintsAbout(new Map(lines.map((line, index) => [`right-${index}`, WITHOUT_DEFAULT + line])))).toEqual([]);
});
