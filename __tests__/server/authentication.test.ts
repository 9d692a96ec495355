import { sign } from 'jsonwebtoken';
import { authentication, type Authentication } from '../../src/server/authentication';
import { failure } from '../support/outcome';

const SECRET = 'a secret of at least thirty-two bytes';
const OPTIONS = { secret: SECRET, issuer: 'ticket-service', audience: 'user-service' };

function token(claims: object = {}): string {
  return sign({ iss: 'ticket-service', aud: 'user-service', sub: 'worker-1', ...claims }, SECRET, { expiresIn: 60 });
}

/** Status and challenge of the refusal. */
function refusalOf(outcome: Authentication): unknown[] {
  return outcome.claims ? [] : [outcome.response.status, outcome.response.headers['WWW-Authenticate']];
}

test.each(['Bearer', 'bearer', 'BEARER', 'Bearer  '])('a good token says who the caller is: %s', async (scheme) => {
  const { claims } = await authentication(OPTIONS)(`${scheme} ${token({ scope: 'users:read' })}`);

  expect(claims).toMatchObject({ sub: 'worker-1', scope: 'users:read' });
});

test.each([undefined, '', 'Bearer', 'Basic dTpw', `Token ${token()}`, token()])(
  'without a bearer token, the challenge says nothing but that one is wanted: %s',
  async (authorization) => {
    const outcome = await authentication(OPTIONS)(authorization, 'id-1');

    expect(refusalOf(outcome)).toEqual([401, 'Bearer']);
    expect(outcome).toMatchObject({
      response: {
        headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' },
        body: { title: 'Unauthorized', status: 401, detail: 'The token is missing.', requestId: 'id-1' },
      },
    });
  },
);

test.each([
  ['opaque', 'the token is not a JWT'],
  [`${token()} and more`, 'the token is not a JWT'],
  [token({ aud: 'admin-service' }), 'the token is for another audience: expected user-service'],
  [`${token()}x`, 'the token has a wrong signature'],
])('a token that is no good is answered with why: case %#', async (bearer, description) => {
  const outcome = await authentication(OPTIONS)(`Bearer ${bearer}`);

  expect(refusalOf(outcome)).toEqual([401, `Bearer error="invalid_token", error_description="${description}"`]);
  expect(JSON.stringify(outcome)).not.toContain(bearer);
});

test('a name that is none for a header stays out of it', async () => {
  const issuer = 'a "quoted" \\ name\r\nSet-Cookie: ü';

  const outcome = await authentication({ ...OPTIONS, issuer })(`Bearer ${token()}`);

  expect(refusalOf(outcome)[1]).toBe(
    `Bearer error="invalid_token", error_description="the token is from another issuer: expected a 'quoted' ? name??Set-Cookie: ?"`,
  );
});

test('a key set that cannot be had is no fault of the caller', async () => {
  const { secret: _, ...rest } = OPTIONS;
  const identify = authentication({ ...rest, jwks: 'http://127.0.0.1:1/jwks' });
  const signed = sign({ iss: 'x' }, SECRET).replace(/^[^.]+/, Buffer.from('{"alg":"RS256"}').toString('base64url'));

  expect(await failure(identify(`Bearer ${signed}`))).toMatchObject({
    code: 'KEYS_UNAVAILABLE',
    cause: { code: 'CONNECTION_REFUSED' },
  });
});

test('wrong options are refused at once', () => {
  expect(() => authentication({ ...OPTIONS, secret: 'short' })).toThrow('must have at least 32 bytes');
});
