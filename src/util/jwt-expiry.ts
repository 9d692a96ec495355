import { jwtClaims } from './jwt-claims';

/** When a JWT expires (`exp`), in milliseconds since the epoch; `undefined` if it has no `exp` or is not a JWT. */
export function jwtExpiry(token: string): number | undefined {
  const { exp } = jwtClaims(token);
  return typeof exp === 'number' && Number.isFinite(exp) ? exp * 1000 : undefined;
}
