import { adviser, type Counterparts } from './counterparts';

/** What the options of OAuth clients (openid-client, simple-oauth2, passport, MSAL, Spring and others) are called here. */
const OAUTH: Counterparts = {
  'use `url`': `
    tokenUrl tokenEndpoint tokenEndpointUrl tokenUri accessTokenUrl accessTokenUri accessTokenEndpoint tokenService
    tokenServiceUrl tokenHost tokenPath endpoint uri href`,
  'use `issuer`, or `url` for the token endpoint': `
    baseURL issuerUrl issuerUri issuerBaseUrl authority authorityUrl discoveryUrl discovery wellKnown wellKnownUrl metadataUrl
    openidConfiguration server serverUrl authServerUrl domain host tenant tenantId realm`,
  'use `clientId`': 'id appId applicationId consumerKey identity',
  'use `clientSecret`': 'secret appSecret applicationSecret consumerSecret apiKey',
  'use `clientId` and `clientSecret`':
    'client credentials clientCredentials auth basicAuth username password user pass',
  'use `scope`, with spaces between scopes': 'scopes scp scopeSeparator permissions',
  'use `audience`': 'aud audiences apiIdentifier',
  'use `resource`': 'resources resourceUri resourceIndicator',
  'use `authMethod`': `
    tokenEndpointAuthMethod clientAuthenticationMethod clientAuthentication clientAuth authenticationMethod
    authorizationMethod authStyle authScheme bodyFormat`,
  'use `privateKey`': 'key clientKey signingKey privateKeyPem clientPrivateKey jwk jwks pem clientCertificate',
  'use `keyId`': 'kid keyIdentifier thumbprint',
  'use `algorithm`': 'alg signingAlg signingAlgorithm tokenEndpointAuthSigningAlg',
  'use `clientAssertion`': 'clientAssertionType federatedToken federatedTokenFile assertionProvider getAssertion',
  'use `parameters`': `
    params extraParams additionalParams additionalParameters customParams bodyParams extra body form data tokenParams query`,
  'use `tokenType`': 'acceptedTokenTypes tokenTypes',
  'use `timeout`, in seconds': 'timeoutMs timeoutSeconds requestTimeout httpTimeout connectTimeout httpOptions http',
  'use `store`; without it, tokens are cached in the process': 'cache tokenCache tokenStore cachePlugin storage',
  'leave it out: tokens are renewed before they expire': `
    refreshToken refreshUrl refreshPath refreshTokenUrl expirationWindow expirationWindowSeconds eagerRefresh earlyExpiry
    leeway skew clockSkew clockTolerance ttl cacheTtl refreshBefore expiresIn`,
  'leave it out: requests to the issuer are retried': 'retry retries retryAttempts maxRetries',
  'it belongs to the login of users, for which this package has nothing': `
    redirectUri redirectUrl redirectUris callbackUrl authorizationUrl authorizationEndpoint authorizeUrl authorizeHost
    authorizePath responseType responseTypes code codeVerifier pkce state nonce prompt revokePath userInfoUrl`,
  'use `ca`': 'caCert caFile cafile certificateAuthority',
  'use `httpsAgent: new https.Agent({ $ })`': 'rejectUnauthorized cert pfx passphrase',
  'use `httpsAgent`': 'agent dispatcher fetch https tls ssl verify strictSSL',
  'use `trustEnv`, or `httpsAgent`': 'proxy proxyUrl proxies',
  'other headers are not sent: use `authMethod` or `parameters`': 'headers header customHeaders defaultHeaders',
};

const TOKEN_SERVICE: Counterparts = {
  ...OAUTH,
  'leave it out: the grant is client_credentials, and `onBehalfOf` has others': 'grantType grant grantTypes flow',
  'use `onBehalfOf` to exchange a token': `
    subjectToken subjectTokenType actorToken actorTokenType requestedTokenType requestedTokenUse assertion userToken
    maxTokens oboAssertion`,
};

const ON_BEHALF_OF: Counterparts = {
  ...OAUTH,
  "use `grant`: 'token-exchange' or 'jwt-bearer'": 'grantType grantTypes flow requestedTokenUse',
  'use `subjectToken`, a function that returns the token':
    'token assertion oboAssertion userToken inboundToken getToken',
  'use `maxTokens`': 'maxSize cacheSize max',
};

const SIGNED_JWT: Counterparts = {
  'use `issuer`': 'iss',
  'use `subject`': 'sub',
  'use `audience`': 'aud audiences',
  'use `privateKey` or `secret`': 'key signingKey secretOrPrivateKey secretOrKey privateKeyPem jwk pem',
  'use `algorithm`': 'alg algorithms signingAlgorithm',
  'use `keyId`': 'kid',
  'use `expiresIn`, in seconds': 'exp ttl lifetime maxAge expiry expiration expirationTime expiresInSeconds',
  'use `claims`': 'payload extraClaims additionalClaims customClaims data scope scopes roles',
  'leave it out, each token has it': 'iat jti notBefore nbf issuedAt jwtid noTimestamp',
  'use `keyId`; no other field of the header can be set': 'header headers',
};

const VERIFY_TOKEN: Counterparts = {
  'use `issuer`': 'iss issuers issuerUrl',
  'use `issuer` and `jwks`': 'issuerBaseUrl authority discoveryUrl wellKnown domain',
  'use `audience`': 'aud audiences clientId',
  'use `jwks`': 'jwksUri jwksUrl jwksEndpoint keySet keySetUrl keysUrl url',
  'use `publicKey`': 'pem cert certificate spki',
  'use `secret`, `publicKey` or `jwks`': `
    key keys signingKey secretOrKey secretOrPublicKey secretOrKeyProvider getKey keyProvider`,
  'use `algorithms`': 'alg algorithm signingAlg signingAlgorithm signingAlgorithms tokenSigningAlg',
  'use `tokenType`': 'typ type tokenTypes',
  'use `clockTolerance`, in seconds': 'leeway skew clockSkew clockToleranceSec',
  'times are always checked': 'ignoreExpiration ignoreNotBefore clockTimestamp maxAge maxTokenAge',
  'check such a claim yourself, in what it returns': 'subject sub requiredClaims scope scopes jwtid nonce claims',
  'use `httpsAgent`': 'agent dispatcher fetch',
  'leave it out: key sets are cached, and fetched again for an unknown key': `
    cache cacheMaxAge cacheTtl rateLimit jwksRequestsPerMinute cooldownDuration timeout timeoutDuration`,
};

export const tokenServiceCounterpart = adviser(TOKEN_SERVICE);
export const onBehalfOfCounterpart = adviser(ON_BEHALF_OF);
export const signedJwtCounterpart = adviser(SIGNED_JWT);
export const verifyTokenCounterpart = adviser(VERIFY_TOKEN);
