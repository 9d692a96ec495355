import type { RequestHandler } from 'express';

/** Handles each request with the next handler; the last one repeats. */
export function inTurn(...handlers: readonly RequestHandler[]): RequestHandler {
  let turn = 0;
  return (request, response, next) => handlers[Math.min(turn++, handlers.length - 1)]?.(request, response, next);
}

export const tickets: RequestHandler = (_, response) => {
  response.json([{ id: '456', title: 'Printer on fire' }]);
};

export function answers(status: number, headers: Record<string, string> = {}): RequestHandler {
  return (_, response) => {
    response.status(status).set(headers).end();
  };
}

/** Never responds. */
export const hangs: RequestHandler = () => undefined;

/** Breaks the connection, like a process that is killed. */
export const resets: RequestHandler = ({ socket }) => {
  socket.resetAndDestroy();
};

export const html: RequestHandler = (_, response) => {
  response.type('html').send('<!doctype html><title>Please log in</title>');
};
