/**
 * @jest-config-loader ts-node
 * @jest-config-loader-options {"transpileOnly": true, "compilerOptions": {"moduleResolution": "bundler"}}
 */
import type { Config } from 'jest';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

// Two tiers. `npm test` runs `x.test.ts`. `npm run test:slow` (jest.slow.config.ts) runs `x.slow.test.ts`, which stands
// beside it and holds what starts compilers or many processes, or is about seconds of real time; and `x.property.test.ts`,
// which both tiers run: with 200 random cases here, with 10,000 there (FC_RUNS).

/** What both tiers need. */
export const base: Config = {
  testEnvironment: 'node',
  // With src/, so that --watch, -o and --findRelatedTests see what changes there.
  roots: ['<rootDir>/__tests__', '<rootDir>/src'],
  transform: { '\\.[jt]s$': '<rootDir>/scripts/jest-transform.mjs' },
  // One cache of transformed files for all projects and tiers.
  id: 'http-client',
  // Published as ES modules only.
  transformIgnorePatterns: ['/node_modules/(?!(axios-cookiejar-support|agent-base)/)'],
  setupFiles: ['<rootDir>/__tests__/support/no-ambient-tokens.ts'],
};

const SLOW = '\\.slow\\.test\\.ts$';

/** The rooms whose tests run over both transports, if they start a service. */
const ON_THE_WIRE = [
  'admission',
  'call',
  'client',
  'errors',
  'events',
  'lean-axios',
  'plugins',
  'request',
  'response',
  'tokens',
  'wire',
];
const STARTS_SERVICE = /from '(\.\.\/)+support\/(service|raw-service|early-service|silent-service|faults|issuer)'/;

/** About `node:http` and the adapter of axios on it; the client of the token service uses no other. */
const HTTP_ONLY = [
  ...['client/options/config', 'tokens/issuer/', 'tokens/jwt/', 'tokens/sources/token-service.secrets'],
  // An undici connection whose response was read to its end stays open for the next request.
  'wire/body-stream.reader',
];

/** About undici, or both transports: once is enough, and in this project they meet other versions of undici too. */
const UNDICI_ONLY = [
  'transports/undici',
  'transports/repeated-headers',
  'transports/transport',
  'transports/server-name',
  'transports/tls-alerts',
  'wire/in-context',
];

function overUndici(): string[] {
  const tests = join(__dirname, '__tests__');
  const files = readdirSync(tests, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'));
  const isAbout = (file: string, subjects: readonly string[]): boolean =>
    subjects.some((subject) => file.startsWith(subject));
  const isWire = (file: string): boolean =>
    ON_THE_WIRE.some((room) => file.startsWith(`${room}/`)) &&
    !isAbout(file, HTTP_ONLY) &&
    STARTS_SERVICE.test(readFileSync(join(tests, file), 'utf8'));
  return files.filter((file) => isAbout(file, UNDICI_ONLY) || isWire(file)).map((file) => join(tests, file));
}

export const http: Config = {
  ...base,
  displayName: 'http',
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: [SLOW, ...UNDICI_ONLY.map((subject) => `__tests__/${subject}`)],
};

/** What Jest takes for all projects together. */
export const limits: Config = {
  // For what hangs. With coverage, on a busy machine, the slowest take several times their usual two seconds.
  testTimeout: 30_000,
  // One more than there are processors, because tests wait for timers and sockets half of the time.
  maxWorkers: availableParallelism() + 1,
  // A process that has run a hundred files stands still for longer, to collect its garbage, than the timeouts that are tested.
  workerIdleMemoryLimit: '400MB',
};

/** Another undici than the installed one, for `npm run test:nodes`. */
const { UNDICI_PATH } = process.env;

const config: Config = {
  ...limits,
  projects: [
    {
      ...base,
      displayName: 'undici',
      testMatch: overUndici(),
      testPathIgnorePatterns: [SLOW],
      setupFiles: [...(base.setupFiles ?? []), '<rootDir>/__tests__/support/on-undici.ts'],
      ...(UNDICI_PATH !== undefined && { moduleNameMapper: { '^undici$': UNDICI_PATH } }),
    },
    // Last, because Jest keeps the durations by which it starts slow files first for the last of projects with one cache.
    http,
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
