import type { TokenSource } from './token-source';

/** Always the same token. */
export function staticToken(token: string): TokenSource {
  return { getToken: () => token };
}
