import { kindOfSecret } from '../../checks/kind-of';
import { wrongOption } from '../../checks/wrong-option';
import { checkCredential } from '../../checks/text';
import { textOfToken, type TokenSource } from '../sources/token-source';

/** A secret, or where to ask for it. */
export type SecretOption = string | TokenSource | TokenSource['getToken'];

/**
 * The current secret.
 *
 * @param issuer the URL that the secret is for
 * @throws TypeError if it is not a string that can be sent; whatever the source throws
 */
export type Secret = (issuer: string) => string | Promise<string>;

/**
 * Makes the function that asks for the secret.
 *
 * @throws TypeError if `option` is not a source
 */
export function askForSecret(name: string, option: unknown): Secret {
  const source = toSource(option);
  if (!source) throw wrongOption(name, 'be a function or a token source', kindOfSecret(option));
  return async (issuer) => {
    const secret = textOfToken(await source.getToken({ url: issuer }));
    checkCredential(`${name} (returned by the source)`, secret);
    return secret;
  };
}

/**
 * Makes the function that returns the secret, or asks for it.
 *
 * @throws TypeError if `option` is neither a secret nor a source of one; it is not echoed
 */
export function readClientSecret(name: string, option: unknown): Secret {
  if (toSource(option)) return askForSecret(name, option);
  checkCredential(name, option);
  return () => option;
}

function toSource(option: unknown): Pick<TokenSource, 'getToken'> | undefined {
  if (typeof option === 'function') return { getToken: option as TokenSource['getToken'] };
  const isSource = typeof (option as Partial<TokenSource> | null | undefined)?.getToken === 'function';
  return isSource ? (option as TokenSource) : undefined;
}
