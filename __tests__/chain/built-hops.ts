import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import ts from 'typescript';
import { builtPackage } from '../support/built-package';

const ROOT = resolve(__dirname, '../..');
const SOURCES = join(ROOT, 'examples/chain');

/** As in the `tsconfig.json` of the examples. Each file by itself: the types are looked at elsewhere. */
const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  esModuleInterop: true,
  experimentalDecorators: true,
};

/** Compiles the programs of examples/chain beside the built package, which they find by its name; answers with their directory. */
export function builtHops(): string {
  const directory = join(builtPackage(), 'chain');
  mkdirSync(directory, { recursive: true });
  for (const file of readdirSync(SOURCES).filter((name) => /(?<!\.d)\.ts$/.test(name))) {
    const { outputText } = ts.transpileModule(readFileSync(join(SOURCES, file), 'utf8'), { compilerOptions });
    writeFileSync(join(directory, `${basename(file, '.ts')}.js`), outputText);
  }
  return directory;
}
