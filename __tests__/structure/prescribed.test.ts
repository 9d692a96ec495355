import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const { dependencies, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};

// Prescribed for this package, whatever else would do.
test.each(['axios', 'axios-retry', 'jsonwebtoken'])('%s is a dependency', (name) => {
  expect(dependencies).toHaveProperty([name]);
});

test.each(['jest', 'ts-jest', 'nock'])('%s is a development dependency', (name) => {
  expect(devDependencies).toHaveProperty([name]);
});

test('tests are compiled by ts-jest', () => {
  expect(readFileSync(join(ROOT, 'scripts/jest-transform.mjs'), 'utf8')).toContain("require('ts-jest')");
});

test.each(['tsconfig.json', 'jest.config.ts', 'src', '__tests__', 'examples', '.eslintrc.cjs'])(
  '%s is at the top level',
  (name) => {
    expect(existsSync(join(ROOT, name))).toBe(true);
  },
);
