import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileToken, tokenService } from '../../../src/index';
import { readClientSecret, type SecretOption } from '../../../src/tokens/issuer/client-secret';
import { defaultTokenSource } from '../../../src/tokens/sources/default-token-source';
import { failure } from '../../support/outcome';
import { service } from '../../support/service';

const folder = mkdtempSync(join(tmpdir(), 'secret-'));
const file = join(folder, 'secret');

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test.each<[string, SecretOption, string]>([
  ['a secret', 'old', 'old'],
  ['a function', ({ url }) => url.slice(-5), 'token'],
  ['an async function', async () => Promise.resolve('new'), 'new'],
  ['a source', { getToken: () => ({ token: 'held' }) }, 'held'],
])('%s is asked for the secret', async (_, option, secret) => {
  expect(await readClientSecret('secret', option)('https://issuer/token')).toBe(secret);
});

test.each([undefined, null, '', 7, {}, []])('%j is refused, and the error names the option', (option) => {
  expect(() => readClientSecret('tokenService.clientSecret', option)).toThrow(
    'Option `tokenService.clientSecret` must be a non-empty string',
  );
});

test.each([undefined, null, '', 7])(
  'a function that returns %j fails, and the error names the option',
  async (value) => {
    await expect(Promise.resolve(readClientSecret('x.clientSecret', () => value)(''))).rejects.toThrow(
      'Option `x.clientSecret (returned by the source)` must be a non-empty string',
    );
  },
);

test.each([
  ['s3cret\n', 'a line break'],
  ['s3cret\r\n', 'a line break'],
  ['s3\tcret', 'invisible characters'],
  ['\ufeffs3cret', 'invisible characters'],
  ['s3cret\u200b', 'invisible characters'],
])('%j is refused: an issuer would take it for a wrong secret', async (secret, found) => {
  expect(() => readClientSecret('x.clientSecret', secret)).toThrow(
    `Option \`x.clientSecret\` must not contain ${found}`,
  );
  await expect(Promise.resolve(readClientSecret('x.clientSecret', () => secret)(''))).rejects.toThrow(
    `Option \`x.clientSecret (returned by the source)\` must not contain ${found}`,
  );
});

test('a variable that ends with a line break is named, and not shown', () => {
  const url = 'http://token-service/token';
  const make = (id: string, secret: string) => (): unknown =>
    defaultTokenSource(undefined, {
      TOKEN_SERVICE_URL: url,
      TOKEN_SERVICE_CLIENT_ID: id,
      TOKEN_SERVICE_CLIENT_SECRET: secret,
    });

  expect(make('me\n', 's3cret')).toThrow(
    /^Option `tokenService.clientId \(TOKEN_SERVICE_CLIENT_ID\)` must not contain a line break$/,
  );
  expect(make('me', 's3cret\n')).toThrow(
    /^Option `tokenService.clientSecret \(TOKEN_SERVICE_CLIENT_SECRET\)` must not contain a line break$/,
  );
});

test('a secret with spaces and letters beyond ASCII is sent as it is', () => {
  expect(readClientSecret('x', 'my s\u00e9cret')('')).toBe('my s\u00e9cret');
});

test.each(['client_secret_basic', 'client_secret_post'] as const)(
  'a secret in a file that is replaced is sent with %s, without a restart',
  async (authMethod) => {
    const tokens = await service([{ json: { access_token: 'x', expires_in: 60 } }]);
    writeFileSync(file, 'first\n');
    const secret = fileToken(file);
    const source = tokenService({ url: tokens.url, clientId: 'c', clientSecret: secret, authMethod });

    await source.getToken({ url: 'http://a/' });
    writeFileSync(file, 'second\n');
    secret.invalidate?.('first');
    source.invalidate?.('x');
    await source.getToken({ url: 'http://a/' });
    source.close?.();

    const sent = tokens.requests.map(({ headers, body }) => {
      const [, pair = ''] = headers.authorization?.split(' ') ?? [];
      return `${Buffer.from(pair, 'base64').toString()} ${new URLSearchParams(body.toString()).get('client_secret') ?? ''}`;
    });
    const isBasic = authMethod === 'client_secret_basic';
    expect(sent).toEqual(isBasic ? ['c:first ', 'c:second '] : [' first', ' second']);
  },
);

test('a refused secret is asked for again a second later', async () => {
  const tokens = await service(({ headers }) => {
    const isNew = headers.authorization?.endsWith(Buffer.from('c:new').toString('base64'));
    return isNew ? { json: { access_token: 'x', expires_in: 60 } } : { status: 401, json: { error: 'invalid_client' } };
  });
  let secret = 'old';
  const source = tokenService({ url: tokens.url, clientId: 'c', clientSecret: () => secret });
  const ask = async (): Promise<unknown> => Promise.resolve(source.getToken({ url: 'http://a/' }));

  await failure(ask());
  secret = 'new';
  await failure(ask());
  expect(tokens.requests).toHaveLength(1);
  const now = performance.now.bind(performance);
  const later = jest.spyOn(performance, 'now').mockImplementation(() => now() + 1000);

  expect(await ask()).toMatchObject({ token: 'x' });
  later.mockRestore();
  source.close?.();
});

test('a token that somebody else has signed is sent as the assertion', async () => {
  const tokens = await service([{ json: { access_token: 'x', expires_in: 60 } }]);
  writeFileSync(file, 'signed.by.kubernetes');
  const source = tokenService({ url: tokens.url, clientId: 'c', clientAssertion: fileToken(file) });

  await source.getToken({ url: 'http://a/' });
  source.close?.();

  expect(tokens.requests[0]?.headers.authorization).toBeUndefined();
  expect(Object.fromEntries(new URLSearchParams(tokens.requests[0]?.body.toString()))).toEqual({
    grant_type: 'client_credentials',
    client_id: 'c',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: 'signed.by.kubernetes',
  });
});

test.each<[object, string]>([
  [
    { clientAssertion: 'text' },
    'Option `tokenService.clientAssertion` must be a function or a token source, got a string',
  ],
  [
    { clientAssertion: () => 'x', clientSecret: 'y' },
    'Option `tokenService.clientSecret` cannot be used with private_key_jwt',
  ],
  [
    { clientAssertion: () => 'x', privateKey: 'y' },
    'Option `tokenService.privateKey` cannot be used with `clientAssertion`',
  ],
  [
    { clientAssertion: () => 'x', clientSecret: 'y', authMethod: 'client_secret_post' },
    'Option `tokenService.clientAssertion` cannot be used with client_secret_post',
  ],
])('%j is refused', (options, message) => {
  expect(() => tokenService({ url: 'http://a/', clientId: 'c', ...options })).toThrow(message);
});

test('a secret that does not come in time fails the call, and the next one asks again', async () => {
  const tokens = await service([{ json: { access_token: 'x', expires_in: 60 } }]);
  const answers: (string | Promise<string>)[] = [new Promise<string>(() => undefined), 'secret'];
  const clientSecret = async (): Promise<string> => answers.shift() ?? 'secret';
  const source = tokenService({ url: tokens.url, clientId: 'c', clientSecret, timeout: 0.4 });

  const error = await failure(Promise.resolve(source.getToken({ url: 'http://a/' })));

  expect(error).toMatchObject({ name: 'TokenError', code: 'TOKEN_UNAVAILABLE' });
  expect(error.message).toContain('took longer than the timeout of 0.4 s');
  expect(await source.getToken({ url: 'http://a/' })).toMatchObject({ token: 'x' });
  source.close?.();
});
