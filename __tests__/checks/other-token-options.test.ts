import { onBehalfOf, signedJwt, tokenService, verifyToken } from '../../src/index';
import { tokenServiceCounterpart } from '../../src/checks/other-token-options';

type Options = Record<string, unknown>;

const SOURCES: Readonly<Record<string, (options: Options) => unknown>> = {
  tokenService: (options) => tokenService({ url: 'http://issuer', clientId: 'a', clientSecret: 'b', ...options }),
  onBehalfOf: (options) =>
    onBehalfOf({
      ...{ url: 'http://issuer', clientId: 'a', clientSecret: 'b', subjectToken: () => undefined },
      ...options,
    }),
  signedJwt: (options) => signedJwt({ secret: 'k'.repeat(32), issuer: 'a', ...options }),
  verifyToken: (options) => verifyToken({ secret: 'k'.repeat(32), issuer: 'a', audience: 'b', ...options }),
};

/** What the options of clients and libraries are called there. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  tokenService: `
    tokenUrl token_url tokenURL tokenEndpoint token_endpoint accessTokenUri tokenHost tokenPath authority issuerUrl
    issuer_uri tenantId domain baseURL client_id clientID CLIENT_ID client_secret consumerKey consumerSecret appId
    apiKey secret username scopes scp grant_type grantType aud token_endpoint_auth_method authStyle private_key key kid
    alg client_assertion client_assertion_type params extraParams body redirect_uri authorizationUrl response_type
    refreshToken expirationWindowSeconds leeway cache agent proxy verify rejectUnauthorized headers retries
    requestTimeout subjectToken id client auth`,
  onBehalfOf: `
    tokenUrl client_id client_secret scopes grant_type grantType requested_token_use subject_token assertion
    subject_token_type actor_token userToken authority cache`,
  signedJwt: 'iss sub aud key kid keyid alg algorithms exp ttl expires_in payload iat jti notBefore header scopes',
  verifyToken: `
    iss aud jwksUri jwks_uri jwksUrl publickey pem key secretOrPublicKey alg algorithm clockSkew leeway
    ignoreExpiration maxAge subject typ issuerBaseURL cache`,
};

const CASES = Object.entries(ELSEWHERE).flatMap(([source, names]) =>
  names.trim().split(/\s+/).map((name) => [source, name] as const),
); // prettier-ignore

test.each(CASES)('%s({ %s }) says what to write', (source, name) => {
  const advice = new RegExp(`^Unknown option of ${source} \`${name}\`(: .+|\\. Did you mean \`.+\`\\?)$`);

  expect(() => SOURCES[source]?.({ [name]: 'x' })).toThrow(advice);
});

test.each([
  ['tokenUrl', ': use `url`'],
  ['tokenEndpoint', ': use `url`'],
  ['client_id', '. Did you mean `clientId`?'],
  ['clientID', '. Did you mean `clientId`?'],
  ['scopes', ': use `scope`, with spaces between scopes'],
  ['grant_type', ': leave it out: the grant is client_credentials, and `onBehalfOf` has others'],
  ['authority', ': use `issuer`, or `url` for the token endpoint'],
])('tokenService({ %s })%s', (name, advice) => {
  expect(() => SOURCES['tokenService']?.({ [name]: 'x' })).toThrow(
    new TypeError(`Unknown option of tokenService \`${name}\`${advice}`),
  );
});

test('a name that no other package has gets no advice', () => {
  expect(tokenServiceCounterpart('colour')).toBeUndefined();
});
