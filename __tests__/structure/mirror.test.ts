import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

/** Types, and lists of names that are exported again: there is nothing in them to run. */
const WITHOUT_TEST = [
  'admission/checkpoint',
  'client/client-methods',
  'client/options/client-options',
  'client/options/request-options',
  'errors/exception-facts',
  'events/messages',
  'events/request-facts',
  'events/resend',
  'express/index',
  'index',
  'inspector/index',
  'inspector/report',
  'journal/attempt',
  'logging/index',
  'nestjs/index',
  'opentelemetry/index',
  'opentelemetry/options',
  'stores/rate-limit-store',
  'testing/index',
];

/** Rooms of tests about other things than one file of src/: other packages, the tree, what stands outside of src/, and helpers of tests. */
const WITHOUT_SUBJECT = [
  'neighbours/',
  'chain/',
  'demo/',
  'docs/',
  'storm/',
  'fleet/',
  'bench/',
  'structure/',
  'support/',
  'page/',
  'site/',
];

function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
}

const sources = filesIn('src').map((name) => name.replace(/\.ts$/, ''));
const tests = filesIn('__tests__').filter((name) => name.endsWith('.test.ts'));
// `wire/redirect.test.ts`, and `wire/redirect.location.test.ts` where one file would be too long.
const subjects = new Set(tests.map((name) => name.replace(/(?<=[^/])\..*$/, '')));

test('every file of src/ has a test of its name', () => {
  expect(sources.filter((name) => !subjects.has(name)).sort()).toEqual(WITHOUT_TEST);
});

test('every test has the name of a file of src/, or stands in a room that has no subject there', () => {
  const strays = [...subjects].filter((name) => !sources.includes(name));

  expect(strays.filter((name) => !WITHOUT_SUBJECT.some((room) => name.startsWith(room)))).toEqual([]);
});
