import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { serve } from '../server/serve';

export type Express = typeof express;

/** Both by their names: the declarations of 5 serve for 4 too, as far as these tests go. */
export const EXPRESSES: readonly (readonly [name: string, express: Express])[] = [
  ['Express 4', jest.requireActual<Express>('express4')],
  ['Express 5', express],
];

/** An app of these, each in its turn, served until the test is over; answers with its origin. */
export async function app(
  make: Express,
  ...handlers: readonly (RequestHandler | ErrorRequestHandler)[]
): Promise<string> {
  const made = make();
  // Keeps Express's own error handler silent, as NODE_ENV=test does.
  made.set('env', 'test');
  for (const handler of handlers) made.use(handler);
  return serve(made);
}

/** A handler that may be async in Express 4 too. */
export function route(answer: (...[request, response]: Parameters<RequestHandler>) => unknown): RequestHandler {
  return (request, response, next) => {
    Promise.resolve()
      .then(() => answer(request, response, next))
      .catch(next);
  };
}
