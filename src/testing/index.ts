/**
 * A client without a network, a scripted service, and assertions.
 *
 * @packageDocumentation
 */
import { namedExports } from '../checks/named-exports';
export { assertCalled, assertCalls, assertRequested, assertRequests } from './assert-calls';
export type { ExpectedCall, ExpectedRequest } from './expected-call';
export { MockClient, mockClient, type MockCall, type MockClientOptions } from './mock-client';
export type { MockAnswer } from './mock-exchange';
export type { Answer, Received, Script } from './script';
export { startService, type Service, type ServiceAnswer } from './service';
export { skipWaits } from './skip-waits';

module.exports = namedExports(module.exports as object, '@hdms/http-client/testing', 'mockClient');
