import { HTTPClient, tokenService } from '../../../src/index';
import { type Answer, service } from '../../support/service';

describe('a token service', () => {
  const base64 = (text: string): string => Buffer.from(text).toString('base64url');
  const signed = (payload: string, header = '{"alg":"HS256"}'): string => `${base64(header)}.${base64(payload)}.c2ln`;

  test.each([
    ['an opaque text', 'opaque'],
    ['an opaque text with dots', 'a.b.c'],
    ['a payload that is compressed', signed('\x78\x9c compressed', '{"alg":"HS256","zip":"DEF"}')],
    ['a payload that is no object', signed('"text"')],
    ['a payload that is null', signed('null')],
    ['an exp that is null', signed('{"exp":null}')],
    ['an exp that is text', signed('{"exp":"never"}')],
    ['an iat that is text', signed('{"exp":99999999999,"iat":"once"}')],
  ])('may issue %s, which is kept for as long as `expires_in` says', async (_, token) => {
    const answer: Answer = { json: { access_token: token, token_type: 'Bearer', expires_in: 3600 } };
    const issuer = await service([answer]);
    const api = await service();
    const client = new HTTPClient({ token: tokenService({ url: issuer.url, clientId: 'a', clientSecret: 'b' }) });

    await client.get(api.url);
    await client.get(api.url);

    expect(api.requests.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${token}`, `Bearer ${token}`]);
    expect(issuer.requests).toHaveLength(1);
  });

  test.each<[string, object]>([
    ['null', { expires_in: null }],
    ['0', { expires_in: 0 }],
    ['text', { expires_in: '3600' }],
  ])('whose `expires_in` is %s has its token kept for a while', async (_, life) => {
    const issuer = await service([{ json: { access_token: 'opaque', ...life } }]);
    const api = await service();
    const client = new HTTPClient({ token: tokenService({ url: issuer.url, clientId: 'a', clientSecret: 'b' }) });

    await client.get(api.url);
    await client.get(api.url);

    expect(issuer.requests).toHaveLength(1);
  });

  test('may respond with 201, as frameworks do to a POST', async () => {
    const issuer = await service([{ status: 201, json: { access_token: 'opaque', token_type: 'Bearer' } }]);
    const api = await service();
    const client = new HTTPClient({ token: tokenService({ url: issuer.url, clientId: 'a', clientSecret: 'b' }) });

    await client.get(api.url);

    expect(api.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer opaque']);
  });

  test('that responds with 204 has no token, and the error names the status', async () => {
    const issuer = await service([{ status: 204 }]);
    const source = tokenService({ url: issuer.url, clientId: 'a', clientSecret: 'b' });

    await expect(source.getToken({ url: 'http://users/' })).rejects.toThrow(
      'the body of the 204 response is not a JSON object',
    );

    source.close?.();
  });

  test('that never responds fails its calls after ten minutes, even with a timeout of Infinity', async () => {
    const issuer = await service(() => ({ handle: () => undefined }));
    const source = tokenService({ url: issuer.url, clientId: 'a', clientSecret: 'b', timeout: Infinity });
    const wait = setTimeout;
    jest.spyOn(globalThis, 'setTimeout').mockImplementation((run, delay = 0) => wait(run, delay / 6000));

    await expect(source.getToken({ url: 'http://users/' })).rejects.toThrow('no response within the timeout of 600 s');

    jest.restoreAllMocks();
    source.close?.();
  });
});
