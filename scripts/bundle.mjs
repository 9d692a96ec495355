// Puts the modules that the main entry loads, at once or later, into one file: to find and read many small files takes most of the
// time of a `require`. The code stays as TypeScript wrote it, each module in a function. Its file refers to the bundle, so that no
// module exists twice: node scripts/bundle.mjs [folder]
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, posix, relative, resolve } from 'node:path';

/** Known to src/stack/own-folder.ts and src/stack/frames.ts, which look for it in stacks. */
const BUNDLE = 'hdms-http-client.js';

/** Of base 64, in which source maps write numbers. */
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const START = `'use strict';
const modules = {`;
const END = `};

const loaded = new Map();

function load(path) {
  let module = loaded.get(path);
  if (module === undefined) {
    module = { exports: {} };
    loaded.set(path, module);
    modules[path](module.exports, module);
  }
  return module.exports;
}

module.exports = load;
//# sourceMappingURL=${BUNDLE}.map
`;

const dist = join(resolve(process.argv[2] ?? join(import.meta.dirname, '..')), 'dist');
const require = createRequire(join(dist, 'index.js'));

const texts = new Map();
readModule('index.js');
const names = new Map([...texts.keys()].map((path) => [path, Object.keys(require(`./${path}`))]));
writeBundle();
for (const path of texts.keys()) writeReference(path);

/** Adds a module and all that it may load, with a `load` from the bundle for each `require` of a file. */
function readModule(path) {
  if (texts.has(path)) return;
  texts.set(path, '');
  const text = readFileSync(join(dist, path), 'utf8').replace(/\n\/\/# sourceMappingURL=.*\n?$/, '');
  const targets = [];
  const bundled = text.replaceAll(/\brequire\((["'])(\.[^"']+)\1\)/g, (_, quote, to) => {
    const target = `${posix.join(posix.dirname(path), to)}.js`;
    targets.push(target);
    return `load("${target}")`;
  });
  texts.set(path, toASCII(bundled));
  targets.forEach(readModule);
}

/** A single other character would make V8 keep and parse two bytes for each. */
function toASCII(code) {
  return code.replaceAll(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function writeBundle() {
  const parts = [START];
  // Of each line; see https://tc39.es/ecma426/.
  const mappings = START.split('\n').map(() => '');
  const sources = [];
  let end = [0, 0];
  for (const [path, text] of texts) {
    const map = JSON.parse(readFileSync(join(dist, `${path}.map`), 'utf8'));
    const lines = map.mappings.split(';');
    parts.push(`'${path}'(exports, module) {`, text, '},');
    // Numbers are relative to those before: the first line leads to the beginning of the source.
    mappings.push(encode([0, sources.length === 0 ? 0 : 1, -end[0], -end[1]]));
    mappings.push(...text.split('\n').map((_, index) => lines[index] ?? ''), '');
    sources.push(...map.sources.map((source) => posix.join(posix.dirname(path), source)));
    end = endOf(lines);
  }
  writeFileSync(join(dist, BUNDLE), [...parts, END].join('\n'));
  const map = { version: 3, file: BUNDLE, sources, names: [], mappings: mappings.join(';') };
  writeFileSync(join(dist, `${BUNDLE}.map`), JSON.stringify(map));
}

/** The line and the column of the source to which the last mapping leads. */
function endOf(lines) {
  const segments = lines.flatMap((line) => line.split(',')).map(decode);
  return [2, 3].map((field) => segments.reduce((sum, segment) => sum + (segment[field] ?? 0), 0));
}

function decode(segment) {
  const numbers = [];
  let value = 0;
  let shift = 0;
  for (const digit of segment) {
    const bits = DIGITS.indexOf(digit);
    value += (bits & 31) << shift;
    shift += 5;
    if (bits & 32) continue;
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    value = shift = 0;
  }
  return numbers;
}

function encode(numbers) {
  return numbers.map((number) => digitsOf(number < 0 ? (-number << 1) | 1 : number << 1)).join('');
}

function digitsOf(value) {
  return value < 32 ? DIGITS[value] : DIGITS[(value & 31) | 32] + digitsOf(value >> 5);
}

function writeReference(path) {
  const bundle = relative(dirname(path), BUNDLE);
  const from = bundle.startsWith('.') ? bundle : `./${bundle}`;
  const exported = names.get(path);
  // Node and bundlers look for names that an ES module can import. It does not run.
  const hint = exported.length === 0 ? '' : `0 && (module.exports = { ${exported.join(', ')} });\n`;
  writeFileSync(join(dist, path), `module.exports = require('${from}')('${path}');\n${hint}`);
  rmSync(join(dist, `${path}.map`));
}
