import type { RequestHandler } from 'express';
import jwt from 'jsonwebtoken';
import { SIGNING_KEY } from './token-service';

/** Lets nobody in without a JWT of the token service, and notes who it is. */
export const requireToken: RequestHandler = (request, response, next) => {
  const [, token = ''] = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '') ?? [];
  try {
    // Both clocks count whole seconds.
    const claims = jwt.verify(token, SIGNING_KEY, { algorithms: ['HS256'], clockTolerance: 1 });
    response.locals['caller'] = typeof claims === 'object' ? claims.sub : undefined;
    next();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    response.status(401).type('application/problem+json').json({ title: 'Unauthorized', status: 401, detail });
  }
};
