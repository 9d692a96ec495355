import { HTTPClient } from '../../src/index';
import { logCalls } from '../../src/logging/index';
import { logSome } from '../../src/logging/log-calls';
import { service } from '../support/service';
import { linesWith, type LoggedLine } from './lines';

test.each([
  [undefined, 'undefined'],
  [{ info: () => undefined }, 'an object'],
  ['console', 'a string'],
])('%p is no function that logs', (logger, kind) => {
  expect(() => logCalls(logger as never)).toThrow(
    new TypeError(
      `logCalls() takes a function, got ${kind}: wrap a logger, as in logCalls.pino(logger); there are .pino, .winston, .nest and .console`,
    ),
  );
});

test('a wrong option is refused at once', () => {
  expect(() => logCalls(() => undefined, { perSecond: -1 })).toThrow(RangeError);
});

test('each call makes one line, of client.get and of client.axios', async () => {
  const api = await service([{ status: 200 }, { status: 404 }, { status: 200 }, { status: 500 }]);
  const client = new HTTPClient({ baseURL: api.url, retryAttempts: 0 });
  const lines = linesWith({ successes: true });

  await client.get('/a');
  await client.post('/b', { json: {} }).catch(() => undefined);
  await client.axios.get('/c');
  await client.axios.get('/d').catch(() => undefined);

  expect(lines.map(({ level, message }) => `${level} ${message.replace(/127\S+\d(\/\w).*/, '$1')}`)).toEqual([
    'debug GET /a',
    'warn POST /b',
    'debug GET /c',
    'error GET /d',
  ]);
  client.close();
});

test('a cancelled call is a warning', async () => {
  const api = await service([{ delay: Infinity }]);
  const client = new HTTPClient();
  const lines = linesWith();
  const signal = AbortSignal.abort();

  await expect(client.get(api.url, { signal })).rejects.toThrow();

  expect(lines.map(({ level, fields }) => [level, fields['code']])).toEqual([['warn', 'CANCELLED']]);
  client.close();
});

test('only some calls, if the caller says so', async () => {
  const api = await service();
  const [mine, other] = [new HTTPClient(), new HTTPClient()];
  const lines: Partial<LoggedLine>[] = [];
  const stop = logSome(
    (level) => lines.push({ level }),
    { successes: true },
    ({ clientId }) => clientId === mine.id,
  );

  await mine.get(api.url);
  await other.get(api.url);

  expect(lines).toEqual([{ level: 'debug' }]);
  stop();
  for (const client of [mine, other]) client.close();
});

test('no line has a token, a cookie, a password or the value of a secret parameter', async () => {
  const api = await service([{ status: 500, headers: { 'Set-Cookie': 'sid=cookie-secret' }, body: 'body-secret' }]);
  const client = new HTTPClient({ token: 'token-secret', retryAttempts: 0, headers: { Cookie: 'a=cookie-secret' } });
  const lines = linesWith();
  const url = api.url.replace('http://', 'http://user:password-secret@');

  await client.get(`${url}/x?api_key=query-secret`, { headers: { 'X-Api-Key': 'header-secret' } }).catch(() => undefined);
  await client.get('http://u:password-secret@[bad?token=query-secret').catch(() => undefined);

  expect(lines).toHaveLength(2);
  expect(JSON.stringify(lines)).not.toMatch(/-secret/);
  client.close();
}); // prettier-ignore
