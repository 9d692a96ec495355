/**
 * Module, injection, exception filter, guard and health indicator for NestJS 10 to 12.
 *
 * @packageDocumentation
 */
import { namedExports } from '../checks/named-exports';
export { HTTPClientHealth, type ClientHealth, type OriginHealth, type ClientHealthOptions } from './client-health';
export { getHTTPClientToken, InjectHTTPClient } from './client-token';
export type { AsyncClient, NamedClient } from './feature';
export { HTTPClientModule, type HTTPClientOptionsFactory } from './http-client-module';
export type { HTTPClientModuleExtras } from './module-extras';
export { Public, TOKEN_GUARD_OPTIONS, TokenGuard } from './token-guard';
export { graphqlErrorFormat, type GraphQLErrorFormat } from './graphql-error-format';
export { UPSTREAM_OPTIONS, UpstreamExceptionFilter } from './upstream-exception-filter';
export type { InboundContextOptions } from '../server/enter-context';
export type { UpstreamOptions } from '../server/upstream-response';
// Makes `auth`, which it adds to Node's requests, part of these declarations.
export type {} from '../server/authentication';

module.exports = namedExports(module.exports as object, '@hdms/http-client/nestjs', 'HTTPClientModule');
