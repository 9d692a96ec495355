import type { TokenTarget } from '../issuer/token-target';

/** What all tokens of a source have in common. */
export interface TokenKeyFacts {
  /** Issuer identifier or token endpoint. */
  readonly issuer: string;
  readonly client: string;
  readonly grant: string;
  /** Separated by spaces; their order makes no difference. */
  readonly scope?: string | undefined;
  /** Whatever else is sent and could change what comes. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
}

/**
 * Makes the keys of a source's tokens, in a cache and in a store that processes share: two callers that differ in anything
 * never share a token.
 *
 * @returns takes for whom the token is, and on whose behalf it is asked, which must be nothing secret
 */
export function tokenKeys(facts: TokenKeyFacts): (target: TokenTarget, subject?: string) => string {
  const { issuer, client, grant, scope = '', parameters = {} } = facts;
  const scopes = [...new Set(scope.split(/\s+/).filter(Boolean))].sort();
  const others = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
  const prefix = JSON.stringify([issuer, client, grant, scopes, others]);
  // JSON, so that no text can pass for two: what is left out is null, and every quote is escaped.
  return ({ audience, resource }, subject) => prefix + JSON.stringify([audience, resource, subject]);
}
