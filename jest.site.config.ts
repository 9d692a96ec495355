/**
 * @jest-config-loader ts-node
 * @jest-config-loader-options {"transpileOnly": true, "compilerOptions": {"moduleResolution": "bundler"}}
 */
import type { Config } from 'jest';
import { base, limits } from './jest.config';

/** The site as it was built last (`npm run docs:build`), in Chromium. */
const config: Config = {
  ...limits,
  ...base,
  testMatch: ['**/site/*.slow.test.ts'],
  testTimeout: 120_000,
  maxWorkers: 1,
};

export default config;
