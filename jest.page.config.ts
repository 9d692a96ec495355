/**
 * @jest-config-loader ts-node
 * @jest-config-loader-options {"transpileOnly": true, "compilerOptions": {"moduleResolution": "bundler"}}
 */
import type { Config } from 'jest';
import slow from './jest.slow.config';

/** The page of the inspector in Chromium, one file after the other. */
const config: Config = {
  ...slow,
  testMatch: ['**/page/*.slow.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1,
};

export default config;
