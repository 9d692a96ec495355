import type { TokenTarget } from '../issuer/token-target';

/** Facts that all tokens of a source share. */
export interface TokenKeyFacts {
  /** Issuer identifier or token endpoint. */
  readonly issuer: string;
  readonly client: string;
  readonly grant: string;
  /** Separated by spaces; the order does not matter. */
  readonly scope?: string | undefined;
  /** Further request parameters that may change the issued token. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
}

/**
 * Makes the keys of a source's tokens for the cache and the shared store: two requests that differ in any fact never
 * share a token.
 *
 * @returns makes the key for a target and a subject, which must not be secret
 */
export function tokenKeys(facts: TokenKeyFacts): (target: TokenTarget, subject?: string) => string {
  const { issuer, client, grant, scope = '', parameters = {} } = facts;
  const scopes = [...new Set(scope.split(/\s+/).filter(Boolean))].sort();
  const others = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
  const prefix = JSON.stringify([issuer, client, grant, scopes, others]);
  // JSON, so that values cannot run into each other: missing ones are null, and quotes are escaped.
  return ({ audience, resource }, subject) => prefix + JSON.stringify([audience, resource, subject]);
}
