import { kindOfSecret } from '../../checks/kind-of';
import { wrongOption } from '../../checks/wrong-option';
import { checkToken } from '../../checks/values';
import { inboundToken } from '../../context/run-in-context';
import { staticToken } from './static-token';
import type { TokenSource } from './token-source';

/** What is accepted as a token source; `null` sends no token. */
export type TokenOption = string | TokenSource | TokenSource['getToken'] | null;

/**
 * The source for an option's value; `undefined` for `null`.
 *
 * @throws TypeError if the value is wrong; it is not echoed, because it may be a token
 */
export function toTokenSource(name: string, value: unknown): TokenSource | undefined {
  if (value === null) return undefined;
  if (typeof value === 'function') return sourceFrom(value as TokenSource['getToken']);
  if (typeof value === 'string') {
    checkToken(name, value);
    return staticToken(value);
  }
  if (typeof value === 'object' && typeof (value as Partial<TokenSource>).getToken === 'function') {
    return value as TokenSource;
  }
  const got = kindOfSecret(value) + (typeof value === 'object' ? ' without getToken()' : '');
  throw wrongOption(name, 'be a token source, a function, a token or null', got);
}

/** A function that may pass on the token of the inbound request, whose user it cannot name otherwise. */
function sourceFrom(getToken: TokenSource['getToken']): TokenSource {
  return getToken === (inboundToken as unknown) ? { getToken, user: inboundToken } : { getToken };
}
