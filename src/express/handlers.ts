import type { IncomingMessage, ServerResponse } from 'node:http';

// Express's own types are not used: they differ between versions, and are missing if Express is not installed.

/** A middleware for Express 4 and 5. */
export type Middleware = (request: IncomingMessage, response: ServerResponse, next: Next) => void;

/** An error handler for Express 4 and 5, which recognise it by its four parameters. */
export type ErrorMiddleware = (error: unknown, request: IncomingMessage, response: ServerResponse, next: Next) => void;

/** Hands the request to the next middleware; with an error, to the next error handler. */
export type Next = (error?: unknown) => void;
