export { authenticate } from './authenticate';
export type { ErrorMiddleware, Middleware, Next } from './handlers';
export { requestContext, type InboundContextOptions } from './request-context';
export { upstreamErrors, type UpstreamErrorsOptions } from './upstream-errors';
// Its addition to Node's requests, `auth`, has to reach whoever reads these declarations.
export type {} from '../server/authentication';
