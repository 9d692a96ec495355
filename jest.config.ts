import type { Config } from 'jest';

const base: Config = {
  setupFilesAfterEnv: ['<rootDir>/__tests__/support/second-try.ts'],
  testEnvironment: 'node',
  roots: ['<rootDir>/__tests__'],
  transform: { '\\.[jt]s$': ['ts-jest', { tsconfig: '<rootDir>/tsconfig.test.json', diagnostics: false }] },
  // Published as ES modules only.
  transformIgnorePatterns: ['/node_modules/(?!(axios-cookiejar-support|agent-base)/)'],
};

const NO_AMBIENT_TOKENS = '<rootDir>/__tests__/support/no-ambient-tokens.ts';

/** What goes over the wire is tested over both transports. */
const WIRE = [
  '',
  ...['call', 'checks', 'client', 'errors', 'lean-axios', 'plugins', 'request', 'resilience', 'response', 'tokens'],
  ...['tokens/attach', 'tokens/sources', 'transports', 'wire'],
].map((folder) => `<rootDir>/__tests__/${folder}${folder === '' ? '' : '/'}*.test.ts`);

/** About `node:http` alone: its sockets, its defaults. undici has a test of its own. */
const HTTP_ONLY = [
  '/api-report.test',
  '/config.test',
  '/docs.test',
  '/from-requests.test',
  '/stale-connection.test',
  '/http.test',
  '/token-service-outage.test',
];

/** Another undici than the installed one, for `npm run test:nodes`. */
const { UNDICI_PATH } = process.env;

const config: Config = {
  // For what hangs. With coverage, on a busy machine, the slowest take several times their usual two seconds.
  testTimeout: 30_000,
  // A process that has run a hundred files stands still for longer, to collect its garbage, than the timeouts that are tested.
  workerIdleMemoryLimit: '400MB',
  projects: [
    { ...base, displayName: 'http', testMatch: ['**/*.test.ts'], setupFiles: [NO_AMBIENT_TOKENS] },
    {
      ...base,
      displayName: 'undici',
      testMatch: WIRE,
      testPathIgnorePatterns: HTTP_ONLY,
      setupFiles: [NO_AMBIENT_TOKENS, '<rootDir>/__tests__/support/on-undici.ts'],
      ...(UNDICI_PATH !== undefined && { moduleNameMapper: { '^undici$': UNDICI_PATH } }),
    },
  ],
  collectCoverageFrom: ['src/**/*.ts'],
  coverageReporters: ['text', 'json-summary'],
  coverageThreshold: {
    global: { lines: 95, branches: 95, functions: 95, statements: 95 },
    './src/errors/': { lines: 100, branches: 100 },
    './src/resilience/': { lines: 100, branches: 100 },
  },
};

export default config;
