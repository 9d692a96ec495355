import type { TokenSource } from './token-source';

/** The same token for ever. */
export function staticToken(token: string): TokenSource {
  return { isSynchronous: true, getToken: () => token };
}
