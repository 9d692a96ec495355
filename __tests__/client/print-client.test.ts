import { Agent } from 'node:https';
import { inspect } from 'node:util';
import { HTTPClient } from '../../src/index';
import { testOfLeanCore } from '../support/lean-only';
import { service } from '../support/service';

test('a printed client shows what is in force without options', () => {
  const client = new HTTPClient({ token: null });

  expect(inspect(client)).toMatch(/^HTTPClient \{\n {2}timeout: 5,\n {2}deadline: Infinity,\n {2}retryAttempts: 3,/);
  expect(inspect(client)).toMatch(
    /token: 'none',\n {2}tokenHosts: 'all',\n {2}redirects: 'follow',\n {2}redirectHosts: 'all',\n {2}transport: '\w+',/,
  );
  expect(inspect({ users: [client] })).not.toMatch('baseURL');
  expect(inspect(client)).not.toMatch('undefined');
});

test('it shows the options in their units, and values of the axios instance that were changed since', () => {
  const client = new HTTPClient({
    ...{ baseURL: 'http://users:8000/api', timeout: Infinity, maxResponseSize: Infinity, trustEnv: true },
    ...{ requestContext: false, logErrorBody: true, tokenHosts: ['users'], validateStatus: null, family: undefined },
    plugins: [{ name: 'mine', ring: 'call', install: () => undefined }],
  });

  const before = inspect(client, { compact: true, breakLength: Infinity });
  Object.assign(client.axios.defaults, { baseURL: 'http://others', timeout: 250, deadline: 9, retryAttempts: 1 });
  const after = inspect(client, { compact: true, breakLength: Infinity });

  expect(before).toMatch(
    /baseURL: 'http:\/\/users:8000\/api', timeout: Infinity, deadline: Infinity, retryAttempts: 3/,
  );
  expect(before).toMatch(/tokenHosts: \[ 'users' \].*requestContext: false, maxResponseSize: Infinity, trustEnv: true/);
  expect(before).toMatch(/logErrorBody: true, plugins: \[ 'mine' \], validateStatus: null }$/);
  expect(after).toMatch(/baseURL: 'http:\/\/others', timeout: 0.25, deadline: 9, retryAttempts: 1/);
});

test('it shows what is in force of resilience, so that two clients can be compared', () => {
  const print = (client: HTTPClient): string => inspect(client, { compact: true, breakLength: Infinity, depth: 5 });
  const store = { lease: () => Promise.reject(new Error()), giveBack: () => Promise.resolve() };
  const all = new HTTPClient({
    ...{ concurrency: { limit: 5 }, circuitBreaker: { openFor: 2 }, hedging: { delay: {} }, backpressure: false },
    ...{ rateLimit: { rate: 10, store, key: 'crm' }, partition: () => 'a-customer' },
  });

  expect(print(new HTTPClient())).toMatch(
    'backpressure: { retryAfter: true, rateLimit: false }, concurrency: { limit: Infinity, queue: Infinity }, ' +
      'circuitBreaker: false, hedging: false, rateLimit: false, token:',
  );
  expect(print(all)).toMatch(
    'backpressure: { retryAfter: false, rateLimit: false }, concurrency: { limit: 5, queue: Infinity }, ' +
      'circuitBreaker: { failureRatio: 0.6, minimumCalls: 20, window: 10, slowAfter: Infinity, openFor: 2, maxOpenFor: 60, ' +
      "probes: 1 }, hedging: { delay: { quantile: 0.95, minimumCalls: 20 }, methods: [ 'GET', 'HEAD', 'OPTIONS' ] }, " +
      "rateLimit: { rate: 10, burst: 1, maxWait: Infinity, store: 'shared', key: 'crm' }, partition: 'a function', token:",
  );
});

test('it shows no secret', () => {
  const SECRET = 'a-secret';
  const loop: Record<string, unknown> = {};
  loop['self'] = loop;
  const client = new HTTPClient({
    token: SECRET,
    headers: { 'X-Api-Key': SECRET, 'X-Service': 'orders' },
    auth: { username: 'ada', password: SECRET },
    // axios itself refuses a cycle.
    params: {
      page: 1,
      filter: { access_token: SECRET },
      list: [SECRET],
      ...(process.env['LEAN'] !== 'off' && { loop }),
    },
    proxy: { host: 'proxy', port: 3128, auth: { username: 'ada', password: SECRET } },
    httpsAgent: new Agent({ key: SECRET }),
    paramsSerializer: () => SECRET,
    socketPath: null,
  });
  client.axios.defaults.baseURL = `http://ada:${SECRET}@users/x?api_key=${SECRET}`;

  const printed = inspect(client, { depth: Infinity, showHidden: true });

  expect(printed).not.toMatch(SECRET);
  expect(printed).toMatch(/token: 'fixed token'/);
  expect(printed).toMatch(/'X-Api-Key': '\*\*\*', 'X-Service': 'orders'/);
  expect(printed).toMatch(/host: 'proxy'/);
  expect(printed).toMatch(/page: 1/);
  expect(printed).toMatch(/httpsAgent: 'Agent'/);
  expect(printed).toMatch(/paramsSerializer: 'a function'/);
});

// The defaults of axios are printed as they are.
testOfLeanCore('its axios instance, and what that creates, show no secret, and send it', async () => {
  const api = await service();
  const { axios } = new HTTPClient({
    ...{
      auth: { username: 'ada', password: 'SECRET' },
      params: { api_key: 'SECRET' },
      headers: { 'X-Api-Key': 'SECRET' },
    },
    proxy: { host: 'proxy', port: 1, auth: { username: 'ada', password: 'SECRET' } },
  });

  for (const http of [axios, axios.create()]) {
    expect(inspect({ http }, { depth: 9 })).toContain("proxy: { host: 'proxy', port: 1, auth: '***' }");
    expect(inspect({ http }, { depth: 9 }) + JSON.stringify(http.defaults)).not.toContain('SECRET');
    await http.get(api.url, { proxy: false });
  }
  for (const { url, headers } of api.requests) {
    expect(url).toBe('/?api_key=SECRET');
    expect(headers).toMatchObject({ authorization: 'Basic YWRhOlNFQ1JFVA==', 'x-api-key': 'SECRET' });
  }
});

test('a printed client has the name of its class', () => {
  class UsersClient extends HTTPClient {}

  expect(inspect(new UsersClient())).toMatch(/^UsersClient \{/);
});

test('it begins with the name, if it has one', () => {
  expect(inspect(new HTTPClient({ name: 'users', token: null }))).toMatch(/^HTTPClient \{\n {2}name: 'users',\n/);
  expect(inspect(new HTTPClient({ token: null }))).not.toMatch(/\bname:/);
});
