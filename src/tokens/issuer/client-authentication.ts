import { randomUUID } from 'node:crypto';
import { sign } from 'jsonwebtoken';
import { checkOneOf } from '../../checks/values';
import { checkText } from '../../checks/text';
import { algorithmsOf, readPrivateKey, type JwtAlgorithm, type JwtKey } from '../jwt/jwt-keys';

/** How the client authenticates. */
export type AuthMethod = 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt';

export interface ClientAuthenticationOptions {
  readonly clientId: string;
  /** Not together with `privateKey`. */
  readonly clientSecret?: string | undefined;
  /**
   * Signs the client's assertions: RSA of at least 2048 bits, or EC (P-256, P-384, P-521); in PEM without a passphrase,
   * or a KeyObject.
   */
  readonly privateKey?: JwtKey | undefined;
  /** Key id of `privateKey`, sent as `kid`. @default none is sent */
  readonly keyId?: string | undefined;
  /** @default by the key: RS256, or ES256, ES384, ES512 by its curve */
  readonly algorithm?: JwtAlgorithm | undefined;
  /** @default 'private_key_jwt' with a `privateKey`, otherwise 'client_secret_basic' */
  readonly authMethod?: AuthMethod | undefined;
}

/** What authenticates one request. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
}

/** @param audience issuer identifier, or the token endpoint if there is none */
export type ClientAuthentication = (audience: string) => Credentials;

/** Seconds. The assertion is sent at once, but clocks differ. */
const ASSERTION_LIFETIME = 60;
const METHODS: readonly AuthMethod[] = ['client_secret_basic', 'client_secret_post', 'private_key_jwt'];

/**
 * Makes the function that authenticates each request of a client.
 *
 * @param owner names the options in errors
 * @throws TypeError if an option is missing or wrong
 * @see RFC 6749, section 2.3.1; RFC 7523, section 2.2
 */
export function clientAuthentication(owner: string, options: ClientAuthenticationOptions): ClientAuthentication {
  const { clientId, clientSecret, privateKey } = options;
  const { authMethod = privateKey === undefined ? 'client_secret_basic' : 'private_key_jwt' } = options;
  checkText(`${owner}.clientId${envVariable(owner, 'ID')}`, clientId);
  checkOneOf(`${owner}.authMethod`, authMethod, METHODS);
  if (authMethod === 'private_key_jwt') return assertions(owner, options);
  checkText(`${owner}.clientSecret${envVariable(owner, 'SECRET')}`, clientSecret);
  if (privateKey !== undefined) throw new TypeError(`Option \`${owner}.privateKey\` cannot be used with ${authMethod}`);
  const credentials =
    authMethod === 'client_secret_basic' ? basic(clientId, clientSecret) : post(clientId, clientSecret);
  return () => credentials;
}

/** Client id and secret are form-encoded before they are joined. @see RFC 6749, section 2.3.1 */
function basic(clientId: string, clientSecret: string): Credentials {
  const encode = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);
  const pair = Buffer.from(`${encode(clientId)}:${encode(clientSecret)}`).toString('base64');
  return { headers: { Authorization: `Basic ${pair}` }, form: {} };
}

function post(clientId: string, clientSecret: string): Credentials {
  return { headers: {}, form: { client_id: clientId, client_secret: clientSecret } };
}

function assertions(
  owner: string,
  { clientId, clientSecret, privateKey, ...options }: ClientAuthenticationOptions,
): ClientAuthentication {
  if (clientSecret !== undefined)
    throw new TypeError(`Option \`${owner}.clientSecret\` cannot be used with private_key_jwt`);
  const key = readPrivateKey(`${owner}.privateKey`, privateKey);
  const supported = algorithmsOf(key);
  const { keyId, algorithm = supported[0] } = options;
  checkOneOf(`${owner}.algorithm`, algorithm, supported);
  if (keyId !== undefined) checkText(`${owner}.keyId`, keyId);
  return (audience) => ({
    headers: {},
    form: {
      client_id: clientId,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: sign({}, key, {
        ...(algorithm && { algorithm }),
        issuer: clientId,
        subject: clientId,
        audience,
        // An issuer that accepts each assertion only once must not take a retry for a replay.
        jwtid: randomUUID(),
        expiresIn: ASSERTION_LIFETIME,
        ...(keyId !== undefined && { keyid: keyId }),
      }),
    },
  });
}

function envVariable(owner: string, name: string): string {
  return owner === 'tokenService' ? ` (TOKEN_SERVICE_CLIENT_${name})` : '';
}
