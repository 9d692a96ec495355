/** @jest-config-loader ts-node */
import type { Config } from 'jest';
import { http, limits } from './jest.config';

// The fast tests over HTTP with `axios.create` in the place of the lean axios core, which is an optimisation and no more.
process.env['LEAN'] = 'off';

const config: Config = {
  ...limits,
  ...http,
  testPathIgnorePatterns: [...(http.testPathIgnorePatterns ?? []), '__tests__/(lean-axios|docs)/'],
  setupFiles: [...(http.setupFiles ?? []), '<rootDir>/__tests__/support/without-lean-axios.ts'],
};

export default config;
