import type { VerifyTokenOptions } from '@hdms/http-client';
import { ISSUER, SIGNING_KEY } from './token-service';

/** The tokens that a service of that name accepts: those that the token service has signed for it. */
export function tokensFor(audience: string): VerifyTokenOptions {
  // Both clocks count whole seconds.
  return { secret: SIGNING_KEY, algorithms: ['HS256'], clockTolerance: 1, issuer: ISSUER, audience };
}
