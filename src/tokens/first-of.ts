import type { AccessToken, TokenAnswer, TokenSource } from './token-source';

/** The token of the first source that has one. */
export function firstOf(...sources: readonly TokenSource[]): TokenSource {
  return {
    isSynchronous: sources.every(({ isSynchronous }) => isSynchronous),
    async getToken(request): Promise<TokenAnswer> {
      for (const source of sources) {
        const answer = await source.getToken(request);
        if (answer !== undefined) return answer;
      }
      return undefined;
    },
    cached() {
      for (const source of sources) {
        const answer = cachedBy(source);
        if (answer !== undefined || !source.isSynchronous) return answer;
      }
      return undefined;
    },
    invalidate(token) {
      for (const source of sources) source.invalidate?.(token);
    },
    close() {
      for (const source of sources) source.close?.();
    },
  };
}

function cachedBy(source: TokenSource): AccessToken | undefined {
  if (!source.isSynchronous) return source.cached?.();
  const answer = source.getToken({ url: '' }) as TokenAnswer;
  return typeof answer === 'string' ? { token: answer } : answer;
}
