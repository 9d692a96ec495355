/**
 * @jest-config-loader ts-node
 * @jest-config-loader-options {"transpileOnly": true, "compilerOptions": {"moduleResolution": "bundler"}}
 */
import type { Config } from 'jest';
import { base, limits } from './jest.config';

process.env['FC_RUNS'] ??= '10000';

const config: Config = {
  ...limits,
  ...base,
  testMatch: ['**/*.slow.test.ts', '**/*.property.test.ts'],
  // A browser takes the time that others are tested for: `npm run test:page`, `npm run test:site`.
  testPathIgnorePatterns: ['__tests__/page/', '__tests__/site/'],
  globalSetup: '<rootDir>/__tests__/support/build-package.ts',
  testTimeout: 300_000,
};

export default config;
