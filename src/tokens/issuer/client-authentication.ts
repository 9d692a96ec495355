import { randomUUID } from 'node:crypto';
import { checkOneOf } from '../../checks/values';
import { checkCredential, checkText } from '../../checks/text';
import { basicAuthorization } from '../../request/credentials';
import { chooseAlgorithm, readPrivateKey, type JwtAlgorithm, type JwtKey } from '../jwt/jwt-keys';
import { signClaims } from '../jwt/signature';
import { timesFrom } from '../jwt/signed-tokens';
import type { TokenSource } from '../sources/token-source';
import { askForSecret, readClientSecret, type Secret, type SecretOption } from './client-secret';

/** How the client authenticates. */
export type AuthMethod = 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt';

export interface ClientAuthenticationOptions {
  /** Name of this service at the issuer. */
  readonly clientId: string;
  /**
   * The secret, or where to ask for it at each token request: a function, or a source such as `fileToken(path)` for a secret
   * that is replaced while the service runs. One of `clientSecret`, `privateKey` and `clientAssertion` is required.
   */
  readonly clientSecret?: SecretOption | undefined;
  /**
   * Signs the client's assertions: RSA of at least 2048 bits, EC (P-256, P-384, P-521), Ed25519 or Ed448; in PEM without a
   * passphrase, or a KeyObject.
   */
  readonly privateKey?: JwtKey | undefined;
  /**
   * Where to ask for an assertion that somebody else has signed, such as `fileToken(path)` for the token of a Kubernetes
   * service account (workload identity federation). @see RFC 7523, section 2.2
   */
  readonly clientAssertion?: TokenSource | TokenSource['getToken'] | undefined;
  /** Key id of `privateKey`, sent as `kid`. @default none is sent */
  readonly keyId?: string | undefined;
  /** Algorithm of the assertions' signature. @default by the key: RS256, EdDSA, or ES256, ES384, ES512 by its curve */
  readonly algorithm?: JwtAlgorithm | undefined;
  /** How the client authenticates. @default 'private_key_jwt' with a `privateKey` or a `clientAssertion`, otherwise 'client_secret_basic' */
  readonly authMethod?: AuthMethod | undefined;
}

/** What authenticates one request. */
interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
}

/** @param audience issuer identifier, or the token endpoint if there is none */
export type ClientAuthentication = (audience: string) => Credentials | Promise<Credentials>;

/** Seconds. The assertion is sent at once, but clocks differ. */
const ASSERTION_LIFETIME = 60;
const METHODS: readonly AuthMethod[] = ['client_secret_basic', 'client_secret_post', 'private_key_jwt'];
const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/**
 * Makes the function that authenticates each request of a client.
 *
 * @param owner names the options in errors
 * @throws TypeError if an option is missing or wrong
 * @see RFC 6749, section 2.3.1; RFC 7523, section 2.2
 */
export function clientAuthentication(owner: string, options: ClientAuthenticationOptions): ClientAuthentication {
  const { clientId, clientSecret, privateKey, clientAssertion } = options;
  const isJwt = privateKey !== undefined || clientAssertion !== undefined;
  const { authMethod = isJwt ? 'private_key_jwt' : 'client_secret_basic' } = options;
  checkCredential(`${owner}.clientId${envVariable(owner, 'ID')}`, clientId);
  checkOneOf(`${owner}.authMethod`, authMethod, METHODS);
  if (authMethod === 'private_key_jwt') {
    refuseWith(owner, authMethod, { clientSecret });
    if (clientAssertion === undefined) return assertions(owner, options);
    refuseWith(owner, '`clientAssertion`', { privateKey });
    return asking(askForSecret(`${owner}.clientAssertion`, clientAssertion), (text) => assertion(clientId, text));
  }
  refuseWith(owner, authMethod, { privateKey, clientAssertion });
  const encode = authMethod === 'client_secret_basic' ? basic : post;
  const secret = readClientSecret(`${owner}.clientSecret${envVariable(owner, 'SECRET')}`, clientSecret);
  return asking(secret, (text) => encode(clientId, text));
}

function refuseWith(owner: string, used: string, others: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(others)) {
    if (value !== undefined) throw new TypeError(`Option \`${owner}.${name}\` cannot be used with ${used}`);
  }
}

function asking(secret: Secret, toCredentials: (text: string) => Credentials): ClientAuthentication {
  return async (issuer) => toCredentials(await secret(issuer));
}

/** Client id and secret are form-encoded before they are joined. @see RFC 6749, section 2.3.1 */
function basic(clientId: string, clientSecret: string): Credentials {
  const encode = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);
  const Authorization = basicAuthorization(`${encode(clientId)}:${encode(clientSecret)}`);
  return { headers: { Authorization }, form: {} };
}

function post(clientId: string, clientSecret: string): Credentials {
  return { headers: {}, form: { client_id: clientId, client_secret: clientSecret } };
}

function assertion(clientId: string, text: string): Credentials {
  return {
    headers: {},
    form: { client_id: clientId, client_assertion_type: JWT_BEARER, client_assertion: text },
  };
}

function assertions(owner: string, options: ClientAuthenticationOptions): ClientAuthentication {
  const { clientId, privateKey, keyId } = options;
  const key = readPrivateKey(`${owner}.privateKey`, privateKey);
  const algorithm = chooseAlgorithm(`${owner}.algorithm`, options.algorithm, key);
  if (keyId !== undefined) checkText(`${owner}.keyId`, keyId);
  return (aud) => {
    // An issuer that accepts each assertion only once must not take a retry for a replay.
    const names = { iss: clientId, sub: clientId, aud, jti: randomUUID() };
    const claims = { ...names, ...timesFrom(Date.now(), ASSERTION_LIFETIME) };
    return assertion(clientId, signClaims(claims, key, algorithm, keyId));
  };
}

function envVariable(owner: string, name: string): string {
  return owner === 'tokenService' ? ` (TOKEN_SERVICE_CLIENT_${name})` : '';
}
