import { isPromise } from '../../util/promises';
import { closeSource, forgetEverywhere, type TokenAnswer, type TokenRequest, type TokenSource } from './token-source';
import { toTokenSource, type TokenOption } from './token-option';

/**
 * The token of the first source that has one. If a source fails, the later ones are not asked.
 *
 * @throws TypeError if one of them is not a source, a function, a token or null
 */
export function firstOf(...sources: readonly TokenOption[]): TokenSource {
  const all = sources.flatMap((source, index) => toTokenSource(`firstOf[${index}]`, source) ?? []);
  return {
    getToken: (request) => ask(all, request),
    invalidate: async (token) => forgetEverywhere(all, token),
    user: (request) => userOf(all, request),
    close() {
      for (const source of all) closeSource(source);
    },
  };
}

function ask(sources: readonly TokenSource[], request: TokenRequest): TokenAnswer | Promise<TokenAnswer> {
  const [source, ...others] = sources;
  if (!source) return undefined;
  const token = source.getToken(request);
  if (typeof token !== 'string' && isPromise(token)) {
    return Promise.resolve(token).then((found) => found ?? ask(others, request));
  }
  return token ?? ask(others, request);
}

/** Of the first source that knows one: whether it will have a token for that user is not known before it is asked. */
function userOf(sources: readonly TokenSource[], request: TokenRequest): string | undefined {
  for (const source of sources) {
    const user = source.user?.(request);
    if (user !== undefined) return user;
  }
  return undefined;
}
