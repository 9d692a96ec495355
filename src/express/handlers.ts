import type { IncomingMessage, ServerResponse } from 'node:http';

// Express's own types are not named here: its versions differ in them, and who uses this package without Express has none.

/** A middleware of Express 4 and 5. */
export type Middleware = (request: IncomingMessage, response: ServerResponse, next: Next) => void;

/** An error handler of Express 4 and 5, which know it by its four parameters. */
export type ErrorMiddleware = (error: unknown, request: IncomingMessage, response: ServerResponse, next: Next) => void;

export type Next = (error?: unknown) => void;
