import { jwtClaims } from './jwt-claims';

/** Milliseconds from the epoch, either way, that a Date can hold: error messages and events make one of an expiry. */
const MAX_TIME = 8.64e15;

/** When a JWT expires (`exp`), in milliseconds since the epoch; `undefined` if it has no `exp` or is not a JWT. */
export function jwtExpiry(token: string): number | undefined {
  const { exp } = jwtClaims(token);
  return typeof exp === 'number' && Number.isFinite(exp)
    ? Math.min(Math.max(exp * 1000, -MAX_TIME), MAX_TIME)
    : undefined;
}
