import { authentication, type Authentication } from '../server/authentication';
import { requestIdOf } from '../server/enter-context';
import { sendProblem } from '../server/problem-response';
import type { VerifyTokenOptions } from '../tokens/jwt/verify-token';
import type { Middleware } from './handlers';

/**
 * Lets nobody in without a bearer token that `verifyToken` finds good, and puts what it says into `request.auth`. All others get
 * a 401. Where the key set cannot be had, the RequestException goes to the error handlers.
 *
 * @throws TypeError or RangeError if an option is missing or wrong
 * @see RFC 6750, section 3
 */
export function authenticate(options: VerifyTokenOptions): Middleware {
  const identify = authentication(options);
  return (request, response, next) => {
    const act = (outcome: Authentication): void => {
      if (outcome.claims) {
        request.auth = outcome.claims;
        next();
      } else if (response.headersSent) next(outcome.error);
      else sendProblem(response, outcome.answer);
    };
    // Express 4 does not look at promises: what rejects here would go unhandled.
    identify(request.headers.authorization, requestIdOf(response)).then(act, next);
  };
}
