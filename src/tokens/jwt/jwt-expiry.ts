import { decode } from 'jsonwebtoken';

/** When a JWT ends by its `exp`, in milliseconds since the epoch; `undefined` where it does not say, or is no JWT. */
export function jwtExpiry(token: string): number | undefined {
  try {
    const { exp } = (decode(token, { json: true }) ?? {}) as Record<string, unknown>;
    return typeof exp === 'number' && Number.isFinite(exp) ? exp * 1000 : undefined;
  } catch {
    return undefined;
  }
}
