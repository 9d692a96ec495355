import { checkCalled } from '../checks/called';
import { authentication, type Authentication } from '../server/authentication';
import { inboundRequestId } from '../server/enter-context';
import { sendProblem } from '../server/problem-response';
import type { VerifyTokenOptions } from '../tokens/jwt/verify-token';
import type { Middleware } from './handlers';

/**
 * Accepts only requests with a valid bearer token (see `verifyToken`), and sets `request.auth` to its claims. All others
 * get a 401. If the key set cannot be fetched, the RequestException goes to the error handlers.
 *
 * @throws TypeError or RangeError if an option is missing or wrong
 * @see RFC 6750, section 3
 */
export function authenticate(options: VerifyTokenOptions): Middleware {
  checkCalled(options, 'app.use(authenticate({ … }))');
  const identify = authentication(options);
  return (request, response, next) => {
    const act = (outcome: Authentication): void => {
      if (outcome.claims) {
        request.auth = outcome.claims;
        next();
      } else if (response.headersSent) next(outcome.error);
      else sendProblem(response, outcome.response);
    };
    // Express 4 ignores promises, so a rejection has to be handled here.
    identify(request.headers.authorization, inboundRequestId(response)).then(act, next);
  };
}
