import type { ErrorRequestHandler, Express, RequestHandler, Router } from 'express';
import type { TokenClaims } from '../../src/index';
import { authenticate, requestContext, upstreamErrors } from '../../src/express';

const OPTIONS = { secret: 'a secret of at least thirty-two bytes', issuer: 'a', audience: 'b' };

// That this compiles is the test; `npm run types` looks at it.
function typed(app: Express, router: Router): void {
  const handlers: RequestHandler[] = [
    requestContext(),
    requestContext({ forward: ['X-Tenant'] }),
    authenticate(OPTIONS),
  ];
  const errors: ErrorRequestHandler = upstreamErrors({
    passThrough: [404],
    log: (error, request) => [error.code, request.url],
  });
  app.use(requestContext(), handlers, errors);
  router.use('/users', authenticate(OPTIONS));
  // The parameters of the path are known still.
  app.get('/users/:id', authenticate(OPTIONS), ({ params, auth }, response) => {
    const id: string = params.id;
    const claims: TokenClaims | undefined = auth;
    response.json({ id, sub: claims?.sub });
  });
  // @ts-expect-error there is no such option
  requestContext({ signal: AbortSignal.abort() });
  // @ts-expect-error statuses are numbers
  upstreamErrors({ passThrough: ['404'] });
  // @ts-expect-error who may have signed has to be said
  authenticate({ secret: OPTIONS.secret, audience: 'b' });
}

test('the middlewares have as many parameters as Express knows them by', () => {
  expect(typed).toBeDefined();
  expect([requestContext(), authenticate(OPTIONS)].map((handler) => handler.length)).toEqual([3, 3]);
  expect(upstreamErrors().length).toBe(4);
});
