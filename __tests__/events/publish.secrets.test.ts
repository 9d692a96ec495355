import { createServer } from 'node:net';
import { HTTPClient, runInContext, type HTTPClientOptions, type RequestOptions } from '../../src/index';
import { EventLog } from '../support/event-log';
import { failure } from '../support/outcome';
import { allTextOf } from '../support/secrets';
import { service } from '../support/service';
import { WAYS } from '../support/ways';

const FAST = { retry: { base: 0.001 } };
const SECRETS = ['s3cr3t'];

/** All of a log in words, with what each message and each view shows by itself. */
function textOf(log: EventLog): string {
  const parts = log.entries.flatMap(({ call, attempt, request, response, error }) => [
    call,
    attempt,
    request,
    response,
    error,
  ]);
  return [log.entries, ...new Set(parts)].map(allTextOf).join('\n');
}

async function observed(url: string, options: RequestOptions, ofClient: HTTPClientOptions = {}): Promise<EventLog> {
  const log = new EventLog();
  const context = { requestId: 'r1', authorization: 'Bearer s3cr3t-inbound', headers: { 'x-tenant-token': 's3cr3t' } };
  await runInContext(context, () => new HTTPClient({ ...FAST, ...ofClient }).get(url, options)).catch(() => undefined);
  log.check();
  log.stop();
  return log;
}

describe.each(WAYS)('over %s no message shows', (_, way) => {
  const headers = {
    'X-Api-Key': 's3cr3t',
    Cookie: 'sid=s3cr3t',
    'Proxy-Authorization': 'Basic s3cr3t',
    Referer: 'http://a.test/?token=s3cr3t',
  };

  test('tokens, secret headers, secret parameters and cookies of a successful call', async () => {
    const api = await service([
      { status: 302, headers: { location: '/b?access_token=s3cr3t', 'set-cookie': 'sid=s3cr3t' } },
      { status: 503, headers: { 'www-authenticate': 's3cr3t' } },
      {
        headers: { 'set-cookie': ['a=s3cr3t', 'b=s3cr3t'], link: '<http://a.test/?api_key=s3cr3t>' },
        json: { a: 's3cr3t' },
      },
    ]);
    const url = `${api.url.replace('//', '//me:s3cr3t@')}/a?api_key=s3cr3t&page=2#token=s3cr3t`;

    const log = await observed(url, { ...way, headers, token: 's3cr3t-token' });

    expect(log.calls[0]?.url).toBe(`${api.url}/a?api_key=***&page=2#token=***`);
    expect(log.entries.filter(({ kind }) => kind === 'requestStart')).toHaveLength(3);
    for (const secret of SECRETS) expect(textOf(log)).not.toContain(secret);
  });

  test('a secret in a Location that is refused', async () => {
    const api = await service([{ status: 302, headers: { location: 'ftp://me:s3cr3t@a.test/?token=s3cr3t' } }]);

    const log = await observed(api.url, { ...way, headers });

    expect(log.end.error?.code).toBe('REDIRECT_REFUSED');
    for (const secret of SECRETS) expect(textOf(log)).not.toContain(secret);
  });

  test('a secret in a cause', async () => {
    const lookup = (): never => {
      throw new Error('cannot reach https://me:s3cr3t@vault.test/?key=s3cr3t or redis://me:s3cr3t@cache.test/');
    };
    const token = { getToken: (): never => lookup() };

    const byToken = await observed('http://a.test/?sig=s3cr3t', way, { token });
    const byInterceptor = new EventLog();
    const client = new HTTPClient();
    client.axios.interceptors.request.use(lookup);
    await failure(client.get('http://a.test/', way));

    expect(byToken.end.error?.cause).toMatch(/^Error: cannot reach https:/);
    for (const log of [byToken, byInterceptor]) expect(textOf(log)).not.toContain('s3cr3t');
  });
});

test('a proxy that is down is named without its password', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  const proxy = { protocol: 'http', host: '127.0.0.1', port, auth: { username: 'me', password: 's3cr3t' } };

  const log = await observed('http://a.test/', { proxy, retryAttempts: 0 });

  expect(log.end.error).toBeDefined();
  expect(textOf(log)).not.toContain('s3cr3t');
});

test('from no message leads a way to the call or its config', async () => {
  const api = await service([{ status: 404 }]);
  const log = await observed(api.url, { extra: 1, headers: { 'x-marker': 'marked' } } as RequestOptions, {
    extraOptions: ['extra'],
  });
  const { call, error } = log.end;

  for (const view of [call, error]) {
    expect(Reflect.ownKeys(view ?? {})).toEqual([]);
    expect(Object.getOwnPropertySymbols(Object.getPrototypeOf(view))).toEqual([
      Symbol.for('nodejs.util.inspect.custom'),
    ]);
  }
  expect(structuredClone({ call, error })).toEqual({ call: {}, error: {} });
});

test('views and messages cannot be written', async () => {
  const api = await service();
  const log = await observed(api.url, {});
  const { entries, end } = log;
  const views = new Set(entries.flatMap(({ call, attempt, request, response }) => [call, attempt, request, response]));

  for (const view of views) {
    if (!view) continue;
    expect(Object.isFrozen(view)).toBe(true);
    for (const name of Object.keys(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(view)))) {
      expect(Reflect.set(view, name, 1)).toBe(false);
    }
  }
  const [attempt] = end.call.attempts;
  attempt?.startedAt.setTime(0);
  expect(Reflect.set(attempt ?? {}, 'outcome', 500)).toBe(false);
  expect(end.call.attempts).not.toBe(end.call.attempts);
  expect(end.call.attempts[0]?.startedAt.getTime()).toBeGreaterThan(0);
  entries[1]?.attempt?.startedAt.setTime(0);
  expect(entries[1]?.attempt?.startedAt.getTime()).toBeGreaterThan(0);
});
