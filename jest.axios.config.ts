/**
 * @jest-config-loader ts-node
 * @jest-config-loader-options {"transpileOnly": true, "compilerOptions": {"moduleResolution": "bundler"}}
 */
import type { Config } from 'jest';
import { http, limits } from './jest.config';

// The fast tests over HTTP with `axios.create` in the place of the lean axios core, which is an optimisation and no more.
process.env['LEAN'] = 'off';

/** The limit for interceptors is set by our instance; this test takes both ways through it. */
const INTERCEPTOR_LIMIT = '__tests__/call/interceptor-limit';

const config: Config = {
  ...limits,
  ...http,
  testPathIgnorePatterns: [...(http.testPathIgnorePatterns ?? []), '__tests__/(lean-axios|docs)/', INTERCEPTOR_LIMIT],
  setupFiles: [...(http.setupFiles ?? []), '<rootDir>/__tests__/support/without-lean-axios.ts'],
};

export default config;
