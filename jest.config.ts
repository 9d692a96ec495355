import type { Config } from 'jest';

const config: Config = {
  testEnvironment: 'node',
  roots: ['<rootDir>/__tests__'],
  testMatch: ['**/*.test.ts'],
  transform: { '\\.[jt]s$': ['ts-jest', { tsconfig: '<rootDir>/tsconfig.test.json', diagnostics: false }] },
  // Published as ES modules only.
  transformIgnorePatterns: ['/node_modules/(?!(axios-cookiejar-support|agent-base)/)'],
  setupFiles: ['<rootDir>/__tests__/support/no-ambient-tokens.ts'],
  collectCoverageFrom: ['src/**/*.ts'],
  coverageReporters: ['text', 'json-summary'],
  coverageThreshold: {
    global: { lines: 95, branches: 95, functions: 95, statements: 95 },
    './src/errors/': { lines: 100, branches: 100 },
    './src/retry/': { lines: 100, branches: 100 },
  },
};

export default config;
