/**
 * Middleware for Express 4 and 5: request context, responses for failed calls, authentication.
 *
 * @packageDocumentation
 */
import { namedExports } from '../checks/named-exports';
export { authenticate } from './authenticate';
export type { ErrorMiddleware, Middleware, Next } from './handlers';
export { requestContext, type InboundContextOptions } from './request-context';
export { upstreamErrors, type UpstreamErrorsOptions } from './upstream-errors';
// Makes `auth`, which it adds to Node's requests, part of these declarations.
export type {} from '../server/authentication';

module.exports = namedExports(module.exports as object, '@hdms/http-client/express', 'requestContext');
