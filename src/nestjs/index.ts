export { HTTPClientHealth, type ClientHealth, type ClientHealthOptions } from './client-health';
export { getHTTPClientToken, InjectHTTPClient } from './client-token';
export type { AsyncClient, NamedClient } from './feature';
export { HTTPClientModule, type HTTPClientModuleExtras, type HTTPClientOptionsFactory } from './http-client-module';
export { Public, TOKEN_GUARD_OPTIONS, TokenGuard } from './token-guard';
export { UPSTREAM_OPTIONS, UpstreamExceptionFilter } from './upstream-exception-filter';
export type { InboundContextOptions } from '../server/enter-context';
export type { UpstreamOptions } from '../server/upstream-response';
// Its addition to Node's requests, `auth`, has to reach whoever reads these declarations.
export type {} from '../server/authentication';
