import type { TokenSource } from './token-source';

/** The same token for ever. */
export function staticToken(token: string): TokenSource {
  return { getToken: () => token };
}
