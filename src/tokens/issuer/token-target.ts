import { kindOfUnlike } from '../../checks/kind-of';
import { wrongOption } from '../../checks/wrong-option';
import { checkText } from '../../checks/text';
import { ignoreRejection } from '../../util/promises';
import type { TokenRequest } from '../sources/token-source';

/** Audience of a token, or a function that derives it from the request's URL; `undefined` for no particular one. */
export type TokenAudience = string | ((url: Readonly<URL>) => string | undefined);

export interface TokenTargetOptions {
  /** Audience, for issuers that accept this parameter. @default not sent: the issuer decides */
  readonly audience?: TokenAudience | undefined;
  /** URI of the service that the token is for. @default not sent: the issuer decides @see RFC 8707 */
  readonly resource?: TokenAudience | undefined;
}

/** Parameters of a token request. */
export interface TokenTarget {
  readonly audience: string | undefined;
  readonly resource: string | undefined;
}

type Check = (name: string, value: unknown) => void;

/**
 * Makes the function that finds a token's audience for a request. An audience that the request itself names replaces
 * `resource` if that option is set, otherwise `audience`.
 *
 * @throws TypeError if an option is wrong; the function throws one if a function in an option returns a wrong value
 */
export function tokenTargets(owner: string, options: TokenTargetOptions): (request: TokenRequest) => TokenTarget {
  const audienceOf = reader(`${owner}.audience`, options.audience, checkText);
  const resourceOf = reader(`${owner}.resource`, options.resource, checkResource);
  const isResource = options.resource !== undefined;
  return (request) => {
    const asked = request.audience;
    if (asked === undefined) return { audience: audienceOf(request), resource: resourceOf(request) };
    return isResource ? { audience: audienceOf(request), resource: asked } : { audience: asked, resource: undefined };
  };
}

function reader(
  name: string,
  option: TokenAudience | undefined,
  check: Check,
): (request: TokenRequest) => string | undefined {
  if (typeof option !== 'function') {
    if (option !== undefined) check(name, option);
    return () => option;
  }
  return ({ url }) => {
    const value = option(new URL(url));
    ignoreRejection(value);
    if (value !== undefined) check(`${name} (returned by the function)`, value);
    return value;
  };
}

function checkResource(name: string, value: unknown): void {
  if (typeof value === 'string' && URL.canParse(value) && !value.includes('#')) return;
  throw wrongOption(name, 'be an absolute URI without a fragment (RFC 8707, section 2)', kindOfUnlike(value));
}
