import { Writable } from 'node:stream';
import { inspect } from 'node:util';
import pino from 'pino';
import winston from 'winston';
import { HTTPClient, type RequestOptions } from '../../src/index';
import { undici } from '../../src/transports/undici';
import { service, type Service } from '../support/service';

const SECRETS = /[A-Z]+-SECRET/;
const COOKIE = 'sid=COOKIE-SECRET; Path=/';

async function serviceWithSecrets(status = 200): Promise<Service> {
  const headers = { 'set-cookie': COOKIE, 'x-auth-token': 'HEADER-SECRET', 'x-plain': 'plain' };
  return service([{ status, headers, json: { ok: true } }]);
}

/** What loggers make of a value. */
const LOGGERS: Record<string, (value: unknown) => string> = {
  'util.inspect': (value) => inspect(value, { depth: 6, showHidden: true }),
  'console.log': (value) => inspect(value),
  'JSON.stringify': (value) => JSON.stringify(value),
  pino: (value) => written((stream) => { pino({ level: 'info' }, stream).info(value as object); }), // prettier-ignore
  'pino, as a member': (value) => written((stream) => { pino({ level: 'info' }, stream).info({ value }); }), // prettier-ignore
  'winston json': (value) => written((stream) => { winstonWith(winston.format.json(), stream).info(value); }), // prettier-ignore
  'winston prettyPrint': (value) =>
    written((stream) => { winstonWith(winston.format.prettyPrint({ depth: 6 }), stream).info(value); }), // prettier-ignore
  'winston, as metadata': (value) =>
    written((stream) => { winstonWith(winston.format.json(), stream).info('text', value); }), // prettier-ignore
};

function written(log: (stream: Writable) => void): string {
  let text = '';
  log(new Writable({ write: (chunk, _, done) => { text += String(chunk); done(); } })); // prettier-ignore
  return text;
}

function winstonWith(format: winston.Logform.Format, stream: Writable): { info(...values: unknown[]): void } {
  return winston.createLogger({ format, transports: [new winston.transports.Stream({ stream })] });
}

const WAYS: Record<string, [client: ConstructorParameters<typeof HTTPClient>[0], call: RequestOptions]> = {
  http: [{}, {}],
  undici: [{ transport: undici() }, {}],
  "axios's adapter": [{}, { onDownloadProgress: () => undefined }],
  "axios's core": [{ params: { b: 1 } }, { auth: { username: 'u', password: 'AUTH-SECRET' } }],
};
const clients = Object.entries(WAYS).map(([way, [options, call]]) => {
  return [way, new HTTPClient({ token: 'TOKEN-SECRET', retryAttempts: 0, ...options }), call] as const;
});

describe.each(clients)('over %s', (_, client, call) => {
  const options = { ...call, headers: { Cookie: 'REQUEST-SECRET' } };
  const pathOf = ({ url }: Service): string => `${url}/x?page=2&api_key=QUERY-SECRET`;

  test.each(Object.entries(LOGGERS))('%s prints no secret of a response', async (_name, log) => {
    const response = await client.get(pathOf(await serviceWithSecrets()), options);

    expect(log(response)).toContain('200');
    expect(log(response)).not.toMatch(SECRETS);
    expect(log({ headers: response.headers })).not.toMatch(SECRETS);
    expect(response.headers['set-cookie']).toEqual([COOKIE]);
    expect(Object.fromEntries(response.headers as never)['x-auth-token']).toBe('HEADER-SECRET');
  });

  test.each(Object.entries(LOGGERS))("%s prints no secret of axios's own response", async (_name, log) => {
    const response = await client.axios.get(pathOf(await serviceWithSecrets()), options as never);

    expect(log(response)).toContain('200');
    expect(log(response)).not.toMatch(SECRETS);
    expect(log({ ...response, data: 1 })).not.toMatch(SECRETS);
    expect(log({ config: response.config })).not.toMatch(SECRETS);
    expect(response.config.headers.get('Cookie')).toBe('REQUEST-SECRET');
    expect(response.headers['set-cookie']).toEqual([COOKIE]);
  });

  test.each(Object.entries(LOGGERS))("%s prints no secret of an exception's response", async (_name, log) => {
    const call = client.get(pathOf(await serviceWithSecrets(404)), options);

    const error = (await call.catch((thrown: unknown) => thrown)) as { readonly response: object };

    expect(log(error.response)).toContain('404');
    expect([log(error.response), log(error)].join(' ')).not.toMatch(SECRETS);
  });
});
