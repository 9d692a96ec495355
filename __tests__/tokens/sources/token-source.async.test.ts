import {
  firstOf,
  HTTPClient,
  onBehalfOf,
  perHost,
  signedJwt,
  tokenService,
  type TokenSource,
} from '../../../src/index';
import { failure } from '../../support/outcome';
import { service } from '../../support/service';

const rejects = (async () => Promise.reject(new Error('Redis is down'))) as () => never;
const unhandled = jest.fn();

beforeAll(() => {
  process.on('unhandledRejection', unhandled);
});

afterEach(async () => {
  // A rejection counts as unhandled once its turn of the event loop is over.
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(unhandled).not.toHaveBeenCalled();
});

afterAll(() => {
  process.off('unhandledRejection', unhandled);
});

const OPTIONS = { url: 'http://127.0.0.1:1/token', clientId: 'me', clientSecret: 'secret' };

test.each<[string, TokenSource]>([
  ['onBehalfOf.subjectToken', onBehalfOf({ ...OPTIONS, subjectToken: rejects })],
  ['onBehalfOf.audience', onBehalfOf({ ...OPTIONS, subjectToken: () => 'x', audience: rejects })],
  ['tokenService.audience', tokenService({ ...OPTIONS, audience: rejects })],
  ['tokenService.resource', tokenService({ ...OPTIONS, resource: rejects })],
  ['signedJwt.audience', signedJwt({ secret: 'x'.repeat(32), issuer: 'me', audience: rejects })],
])('a promise is not a %s, and the error says so', async (name, token) => {
  const error = await failure(new HTTPClient({ token, retryAttempts: 0 }).get('http://127.0.0.1:1/'));

  expect(error).toMatchObject({ name: 'TokenError', code: 'TOKEN_UNAVAILABLE' });
  expect(error.message).toContain(`Option \`${name} (returned by the function)\` must be `);
});

test('a user who comes as a promise is none', async () => {
  const api = await service([{ status: 429, headers: { 'retry-after': '1' } }, {}]);
  const client = new HTTPClient({ token: { getToken: () => 'x', user: rejects }, retry: { base: 0.001 } });

  expect(await client.get(api.url)).toMatchObject({ status: 200 });
  client.close();
});

test.each<[string, (source: TokenSource) => TokenSource]>([
  ['of the client', (source) => source],
  ['in firstOf', (source) => firstOf(source)],
  ['in perHost', (source) => perHost({ default: source })],
  ['as the actor', (actorToken) => onBehalfOf({ ...OPTIONS, subjectToken: () => 'x', actorToken })],
])('a source %s that fails to close later is a warning', async (_, wrap) => {
  const warnings = jest.spyOn(process, 'emitWarning').mockImplementation();

  new HTTPClient({ token: wrap({ getToken: () => 'x', close: rejects }) }).close();
  await new Promise((resolve) => setTimeout(resolve, 5));

  expect(warnings.mock.calls).toEqual([
    ['close() of a token source failed: Error: Redis is down', { code: 'HDMS_TOKEN_SOURCE' }],
  ]);
  warnings.mockRestore();
});

test('a source that throws when it is closed is a warning, and the others are closed', () => {
  const warnings = jest.spyOn(process, 'emitWarning').mockImplementation();
  const close = jest.fn();
  const broken: TokenSource = {
    getToken: () => undefined,
    close() {
      throw new Error('closed already');
    },
  };

  new HTTPClient({ token: firstOf(broken, perHost({ a: broken, default: { getToken: () => 'x', close } })) }).close();

  expect(close).toHaveBeenCalledTimes(1);
  expect(warnings.mock.calls).toEqual(
    Array(2).fill(['close() of a token source failed: Error: closed already', { code: 'HDMS_TOKEN_SOURCE' }]),
  );
  warnings.mockRestore();
});
