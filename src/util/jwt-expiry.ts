import { decode } from 'jsonwebtoken';

/** When a JWT expires (`exp`), in milliseconds since the epoch; `undefined` if it has no `exp` or is not a JWT. */
export function jwtExpiry(token: string): number | undefined {
  try {
    const { exp } = (decode(token, { json: true }) ?? {}) as Record<string, unknown>;
    return typeof exp === 'number' && Number.isFinite(exp) ? exp * 1000 : undefined;
  } catch {
    return undefined;
  }
}
