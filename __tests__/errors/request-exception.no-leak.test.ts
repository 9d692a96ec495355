import { Writable } from 'node:stream';
import { format, inspect, type InspectOptions } from 'node:util';
import pino from 'pino';
import winston from 'winston';
import { HTTPClient, RequestException } from '../../src/index';
import { CLIENT_SECRET } from '../support/fault-scenes';
import { chainOf, FAULTS, provoke, type Fault, type Method, type Variation } from '../support/faults';
import { service } from '../support/service';

const USER = 'tickets';
const SECRETS = {
  token: 'bearer-token-secret',
  password: 'basic-password-secret',
  basic: Buffer.from(`${USER}:basic-password-secret`).toString('base64'),
  urlPassword: 'url-password-secret',
  urlBasic: Buffer.from(`${USER}:url-password-secret`).toString('base64'),
  cookie: 'cookie-secret',
  apiKey: 'api-key-secret',
  queryKey: 'query-key-secret',
  paramKey: 'param-key-secret',
  clientSecret: CLIENT_SECRET,
  clientBasic: Buffer.from(`${USER}:${CLIENT_SECRET}`).toString('base64'),
};

/** What every call carries, whoever it says it is. */
const OPTIONS = {
  headers: { Cookie: `session=${SECRETS.cookie}`, 'X-Api-Key': SECRETS.apiKey },
  params: { access_token: SECRETS.paramKey },
};
const withKey = (url: string): string => `${url}?api_key=${SECRETS.queryKey}`;

type Identity = Variation & { readonly method: Method };

/** The ways to say who is calling; they exclude each other in one request. */
const IDENTITIES: Record<string, Identity> = {
  token: { method: 'POST', client: { retryAttempts: 1, token: SECRETS.token }, options: OPTIONS, url: withKey },
  auth: {
    method: 'GET',
    client: { retryAttempts: 1 },
    options: { ...OPTIONS, auth: { username: USER, password: SECRETS.password } },
    url: withKey,
  },
  'URL password': {
    method: 'GET',
    client: { retryAttempts: 1 },
    options: OPTIONS,
    url: (url) => withKey(url.replace('://', `://${USER}:${SECRETS.urlPassword}@`)),
  },
};

/** Without credentials of its own the call asks the token service. */
const ANONYMOUS = { method: 'GET', client: { retryAttempts: 1 }, options: OPTIONS, url: withKey } as const;

/** All three at once are left out: they read each getter of the prototype, which is to ask for `config` by name. */
const INSPECTIONS: readonly InspectOptions[] = [
  {},
  { depth: Infinity },
  { showHidden: true, depth: Infinity },
  { customInspect: false, depth: Infinity },
  { customInspect: false, showHidden: true, depth: Infinity },
  { getters: true, depth: Infinity },
  { getters: true, customInspect: false, depth: Infinity },
  { getters: true, showHidden: true, depth: Infinity },
];

/** All the ways in which a value gets into a log, by name. */
function printingsOf(value: object): Record<string, string> {
  const printings: Record<string, string> = {
    'JSON.stringify': jsonOf(value),
    'spread and JSON.stringify': jsonOf({ ...value }),
    'util.format %o': format('%o', value),
    'util.format %O': format('%O', value),
    'util.format %j': format('%j', value),
    pino: pinoOf({ err: value }) + pinoOf(value) + pinoOf({ nested: { value } }),
    winston: winstonOf(value),
  };
  if ('stack' in value) {
    const error = value as Error;
    Object.assign(printings, { message: error.message, stack: error.stack, String: String(error) });
  }
  const forms = { itself: value, spread: { ...value }, clone: structuredClone<object>(value), nested: [{ value }] };
  for (const [form, one] of Object.entries(forms)) {
    for (const options of INSPECTIONS) printings[`inspect ${form} ${inspect(options)}`] = inspect(one, options);
  }
  return printings;
}

/** A cause may have no JSON: Node's error for a wrong certificate holds one that names itself as its issuer. */
function jsonOf(value: object): string {
  try {
    return JSON.stringify(value);
  } catch {
    return 'circular';
  }
}

function pinoOf(entry: object): string {
  let text = '';
  pino({}, { write: (line) => (text += line) }).error(entry);
  return text;
}

function winstonOf(value: object): string {
  let text = '';
  const logger = winston.createLogger({
    format: winston.format.combine(winston.format.errors({ stack: true, cause: true }), winston.format.json()),
  });
  logger.pipe(
    new Writable({
      objectMode: true,
      write(line: Record<symbol, string>, _encoding, done) {
        text += line[Symbol.for('message')] ?? '';
        done();
      },
    }),
  );
  logger.error(value);
  logger.error('failed', { value });
  logger.error('failed', value);
  return text;
}

/** Which printing shows which secret. */
function leaksOf(value: object): string[] {
  const printings = Object.entries(printingsOf(value));
  expect(printings.filter(([, text]) => text === '')).toEqual([]);
  return printings.flatMap(([printing, text]) =>
    Object.entries(SECRETS)
      .filter(([, secret]) => text.includes(secret) || text.includes(encodeURIComponent(secret)))
      .map(([name]) => `${name} in ${printing}`),
  );
}

const faults: readonly Fault[] = Object.values<readonly Fault[]>(FAULTS).flat();
const tokenFaults: readonly Fault[] = FAULTS.token;

test.each(faults)('$name: no printing shows a secret', async (fault) => {
  const identities: Record<string, Identity> = tokenFaults.includes(fault) ? { ANONYMOUS } : IDENTITIES;
  const found = Object.entries(identities).map(async ([identity, variation]) => {
    const { error } = await provoke(fault, variation.method, variation);
    expect(error).toBeInstanceOf(RequestException);
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ code: fault.expected.code });
    const leaks = chainOf(error).flatMap((link) => leaksOf(link as object));
    return leaks.map((leak) => `${identity}: ${leak}`);
  });

  expect((await Promise.all(found)).flat()).toEqual([]);
});

test.each(Object.entries(IDENTITIES))(
  '%s: no printing of a response shows a secret',
  async (_, variation: Identity) => {
    const { method, options, url = (base: string) => base } = variation;
    const api = await service([{ status: 503 }, { status: 302, headers: { location: '/there' } }, { json: { id: 1 } }]);
    const client = new HTTPClient({ retry: { base: 0.001 }, ...variation.client });

    const response = await client.request(method, url(api.url), options ?? {});

    expect(response.data).toEqual({ id: 1 });
    expect(api.requests[0]?.headers).toMatchObject({
      'x-api-key': SECRETS.apiKey,
      authorization: expect.anything() as string,
    });
    expect(leaksOf(response)).toEqual([]);
  },
);

test('what prints nothing is at hand all the same', async () => {
  const api = await service([{ status: 404 }]);
  const client = new HTTPClient({ token: SECRETS.token });

  const error: unknown = await client.get(api.url).catch((thrown: unknown) => thrown);

  expect(error).toBeInstanceOf(RequestException);
  const exception = error as RequestException;
  expect(exception.config?.headers.get('Authorization')).toBe(`Bearer ${SECRETS.token}`);
  expect(exception.response?.config).toBe(exception.config);
  expect(exception.request).toBeDefined();
});

test('a cookie that a service sets is redacted where the response is printed', async () => {
  const api = await service([{ headers: { 'set-cookie': [`session=${SECRETS.cookie}`] } }]);

  const response = await new HTTPClient().get(api.url);

  expect(JSON.stringify(response) + inspect(response, { showHidden: true, depth: Infinity })).not.toContain(
    SECRETS.cookie,
  );
  expect(response.headers['set-cookie']).toEqual([`session=${SECRETS.cookie}`]);
});
