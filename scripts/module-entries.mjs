// Adds to the CommonJS build what ES modules need: declarations that refer to axios as ES modules import it, and for each
// entry point a module that exports what the CommonJS file does. The code exists once: node scripts/module-entries.mjs [folder]
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';

const root = resolve(process.argv[2] ?? join(import.meta.dirname, '..'));
const dist = join(root, 'dist');
const require = createRequire(join(dist, 'index.js'));

/** Entry points whose calls fail with exceptions. */
const WITH_EXCEPTIONS = ['.', './testing', './nestjs'];

/** Imported first: Node 20 crashes instead of rejecting an `import()` if a CommonJS file below does not find a package. */
const PEERS = { './undici': 'undici', './nestjs': '@nestjs/common', './opentelemetry': '@opentelemetry/api' };

const SPECIFIER = /(\bfrom\s+|\bimport\s*\(\s*|\bimport\s+)(['"])(\.{1,2}\/[^'"]+)\2/g;

for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
  if (name.endsWith('.d.ts')) addDeclarations(join(dist, name));
}

writeFileSync(join(dist, 'axios-error.mjs'), axiosError());
const { exports: entries, bin = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
for (const [name, { import: entry }] of Object.entries(entries)) {
  if (entry) writeFileSync(join(root, entry.default), moduleFor(name, join(root, entry.default)));
}
for (const command of Object.values(bin)) chmodSync(join(root, command), 0o755);

function addDeclarations(file) {
  const text = readFileSync(file, 'utf8').replaceAll(SPECIFIER, (_, before, quote, to) => {
    const target = join(dirname(file), to);
    if (!existsSync(`${target}.d.ts`)) throw new Error(`${file}: there is no declaration of ${to}`);
    return `${before}${quote}${to}.mjs${quote}`;
  });
  writeFileSync(file.replace(/\.ts$/, '.mts'), text);
}

function moduleFor(name, file) {
  const commonJS = file.replace(/\.mjs$/, '.js');
  const names = Object.keys(require(commonJS)).sort();
  const errors = WITH_EXCEPTIONS.includes(name)
    ? `import '${'../'.repeat(depthOf(file)) || './'}axios-error.mjs';\n`
    : '';
  const peer = name in PEERS ? `import '${PEERS[name]}';\n` : '';
  return `${peer}${errors}export {\n  default,\n${names.map((one) => `  ${one},\n`).join('')}} from './${basename(commonJS)}';\n`;
}

function depthOf(file) {
  return dirname(file).slice(dist.length).split('/').length - 1;
}

/**
 * The exceptions extend the AxiosError of axios's CommonJS build. `instanceof` with the one that ES modules import is taught to
 * know them; nothing else about axios is changed.
 */
function axiosError() {
  return `import AxiosError from 'axios/unsafe/core/AxiosError.js';
import { isRequestException } from './index.js';

const isInstance = Function.prototype[Symbol.hasInstance];

Object.defineProperty(AxiosError, Symbol.hasInstance, {
  configurable: true,
  value(error) {
    // Subclasses inherit this function.
    return isInstance.call(this, error) || (this === AxiosError && isRequestException(error));
  },
});
`;
}
