/** @jest-config-loader ts-node */
import type { Config } from 'jest';
import { base } from './jest.config';

process.env['FC_RUNS'] ??= '10000';

const config: Config = {
  ...base,
  testMatch: ['**/*.slow.test.ts', '**/*.property.test.ts'],
  globalSetup: '<rootDir>/__tests__/support/build-package.ts',
  testTimeout: 120_000,
  maxWorkers: '100%',
};

export default config;
