import type { RequestHandler } from 'express';
import { InvalidToken, verifyToken } from '@hdms/http-client';
import { ISSUER, SIGNING_KEY } from './token-service';

/** Lets nobody in without a JWT that the token service has signed for `audience`, and notes who it is. */
export function requireToken(audience: string): RequestHandler {
  // Both clocks count whole seconds.
  const options = { secret: SIGNING_KEY, algorithms: ['HS256'], clockTolerance: 1 } as const;
  const verify = verifyToken({ ...options, issuer: ISSUER, audience });
  return async (request, response, next) => {
    const [, token] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    try {
      const { sub } = await verify(token);
      response.locals['caller'] = sub;
    } catch (error) {
      if (!(error instanceof InvalidToken)) throw error;
      const problem = { title: 'Unauthorized', status: 401, detail: error.message };
      response.status(401).set('WWW-Authenticate', 'Bearer error="invalid_token"');
      response.type('application/problem+json').json(problem);
      return;
    }
    next();
  };
}
