/** @jest-config-loader ts-node */
import type { Config } from 'jest';
import { base, limits } from './jest.config';

process.env['FC_RUNS'] ??= '10000';

const config: Config = {
  ...limits,
  ...base,
  testMatch: ['**/*.slow.test.ts', '**/*.property.test.ts'],
  globalSetup: '<rootDir>/__tests__/support/build-package.ts',
  testTimeout: 120_000,
};

export default config;
