import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Linter } from 'eslint';
import * as importX from 'eslint-plugin-import-x';
import { parser } from 'typescript-eslint';

const ROOT = resolve(__dirname, '../..');
const RULE = 'import-x/no-restricted-paths';

interface LintConfig {
  readonly settings: { readonly floors: readonly (readonly string[])[] };
  readonly rules: Readonly<Record<string, unknown>>;
}

const { settings, rules } = jest.requireActual<LintConfig>('../../.eslintrc.cjs');
const { floors } = settings;

/** What lint says of a file that has this text. */
function lint(file: string, text: string): string[] {
  const config = {
    files: ['**/*.ts'],
    languageOptions: { parser },
    plugins: { 'import-x': importX },
    settings,
    rules: { [RULE]: rules[RULE] },
  };
  const messages = new Linter({ cwd: ROOT }).verify(text, [config as unknown as Linter.Config], join(ROOT, file));
  return messages.map(({ message }) => message);
}

test('every room has a floor, and beside the rooms there is index.ts only', () => {
  expect(readdirSync(join(ROOT, 'src')).sort()).toEqual([...floors.flat(), 'index.ts'].sort());
});

test('docs/architecture.md draws the floors as lint has them', () => {
  const page = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');
  const drawn = [...page.matchAll(/\["(\d+) · ([^"]+)"\]/g)].map(([, floor, rooms = '']) => [
    floor,
    rooms.split(' · '),
  ]);

  const table = [...floors, ['index.ts']].map((rooms, index) => [String(index + 1), rooms]);
  expect(drawn).toEqual(table.reverse());
});

test('no file leads back to itself by its imports, type imports included', () => {
  const walked = new Set<string>();
  const circles: string[][] = [];
  const walk = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file]);
    if (way.includes(file) || walked.has(file)) return;
    for (const next of importsOf(file)) walk(next, [...way, file]);
    walked.add(file);
  };
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  for (const file of files) walk(join('src', file), []);

  expect(walked.size).toBeGreaterThan(100);
  expect(circles).toEqual([]);
});

test.each([
  ['a value', "import { Call } from '../call/call';"],
  ['a type', "import type { Call } from '../call/call';"],
  ['a type among values', "import { type Call } from '../call/call';"],
  ['what is exported again', "export { Call } from '../call/call';"],
  ['a type that is exported again', "export type { Call } from '../call/call';"],
  ['nothing but the effects', "import '../call/call-of';"],
  ['the public names', "import type { Call } from '../index';"],
  ['a room beside it', "import type { TokenStore } from '../stores/token-store';"],
])('lint refuses an upward import of %s', (_, text) => {
  expect(lint('src/context/run-in-context.ts', text)).toEqual([
    expect.stringContaining('`context` is on floor 6: it imports rooms of lower floors only.'),
  ]);
});

test('lint lets a room import lower floors, and its neighbours in the room', () => {
  const text = `
    import type { Trace } from './traceparent';
    import { createException } from '../errors/create';`;

  expect(lint('src/context/run-in-context.ts', text)).toEqual([]);
});

test('lint refuses imports between plugins, except of their shape', () => {
  expect(lint('src/plugins/journal.ts', "import { retry } from './retry';")).toEqual([
    expect.stringContaining('Plugins do not know each other'),
  ]);
  expect(lint('src/plugins/journal.ts', "import type { Plugin } from './plugin';")).toEqual([]);
});

/** The files of src/ that a file imports or exports again. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const paths = [...text.matchAll(/^(?:import|export)\b[^;]*?['"](\.[^'"]+)['"]/gm)].map(([, path = '']) => path);
  return paths.map((path) => join(file, '..', `${path}.ts`));
}
