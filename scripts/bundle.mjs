// Puts the modules that the main entry loads, at once or later, into two files: to find and read many small files takes most of the
// time of a `require`, and V8 looks at all that a file contains. The first file has what calls without special options run, the second
// one has the rest, and is read when something of it is used. The code stays as TypeScript wrote it, each module in a function. The
// file of a module refers to the bundle, so that no module exists twice: node scripts/bundle.mjs [folder]
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, posix, relative, resolve } from 'node:path';
import { decode, encode } from '@jridgewell/sourcemap-codec';
import { makeUsualCalls } from './usual-calls.mjs';

/** Known to src/stack/own-folder.ts and src/stack/frames.ts, which look for it in stacks. */
const FIRST = 'hdms-http-client.js';
const LATER = 'hdms-http-client-later.js';

const LOADER = `const loaded = new Map();

function load(path) {
  let module = loaded.get(path);
  if (module === undefined) {
    const run = modules[path] ?? require('./${LATER}')[path];
    module = { exports: {} };
    loaded.set(path, module);
    try {
      run(module.exports, module, load);
    } catch (error) {
      // As in Node, the next use tries again: perhaps the process had too many files open.
      loaded.delete(path);
      throw error;
    }
  }
  return module.exports;
}

module.exports = load;`;

const dist = join(resolve(process.argv[2] ?? join(import.meta.dirname, '..')), 'dist');
const require = createRequire(join(dist, 'index.js'));

const modules = new Map();
readModule('index.js');
const names = new Map([...modules.keys()].map((path) => [path, Object.keys(require(`./${path}`))]));
writeBundle(new Set(), () => true);
const usual = await pathsOfUsualCalls();
writeBundle(usual, (from, to) => usual.has(from) && !usual.has(to));
for (const path of modules.keys()) writeReference(path);

/** Adds a module and all that it may load, with a `load` from the bundle for each `require` of a file. */
function readModule(path) {
  if (modules.has(path)) return;
  const module = {};
  modules.set(path, module);
  const text = readFileSync(join(dist, path), 'utf8').replace(/\n\/\/# sourceMappingURL=.*\n?$/, '');
  const targets = [];
  const bundled = text.replaceAll(/\brequire\((["'])(\.[^"']+)\1\)/g, (_, quote, to) => {
    const target = `${posix.join(posix.dirname(path), to)}.js`;
    targets.push(target);
    return `load("${target}")`;
  });
  module.lines = toASCII(bundled).split('\n');
  const map = JSON.parse(readFileSync(join(dist, `${path}.map`), 'utf8'));
  module.source = posix.join(posix.dirname(path), map.sources[0]);
  module.mappings = decode(map.mappings);
  targets.forEach(readModule);
}

/** A single other character would make V8 keep and parse two bytes for each. */
function toASCII(code) {
  return code.replaceAll(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * @param first the paths of what is needed first
 * @param isLate whether one module loads another one where it uses it
 */
function writeBundle(first, isLate) {
  const paths = [...modules.keys()];
  const isFirst = (path) => first.has(path);
  writeFile(FIRST, paths.filter(isFirst), { isLate, start: 'const modules = {', end: LOADER });
  writeFile(LATER, paths.filter((path) => !isFirst(path)), { isLate, start: 'module.exports = {', end: '' }); // prettier-ignore
}

function writeFile(file, paths, { isLate, start, end }) {
  const lines = ["'use strict';", start];
  const mappings = [[], []];
  for (const [index, path] of paths.entries()) {
    const module = loadingLate(path, isLate);
    lines.push(`'${path}'(exports, module, load) {`, ...module.lines, '},');
    // The loader calls it where TypeScript has nothing.
    mappings.push([[0, index, 0, 0]]);
    for (const line of module.lines.keys()) {
      mappings.push((module.mappings[line] ?? []).map(([column, , ...place]) => [column, index, ...place]));
    }
    mappings.push([]);
  }
  const sources = paths.map((path) => modules.get(path).source);
  const map = { version: 3, file, sources, names: [], mappings: encode(mappings) };
  writeFileSync(join(dist, file), [...lines, '};', end, `//# sourceMappingURL=${file}.map`, ''].join('\n'));
  writeFileSync(join(dist, `${file}.map`), JSON.stringify(map));
}

/** A module in which `const a_1 = load("a.js")` has become `let a_1`, and each `a_1.name` has become `(a_1 ??= load("a.js")).name`. */
function loadingLate(path, isLate) {
  const { lines, mappings } = modules.get(path);
  const late = new Map();
  const declared = lines.map((line) => {
    const [, name, target] = /^(?:const|var) (\w+) = load\("(.+)"\);$/.exec(line) ?? [];
    if (target === undefined || !isLate(path, target)) return line;
    late.set(name, `(${name} ??= load("${target}"))`);
    return `let ${name};`;
  });
  if (late.size === 0) return { lines, mappings };
  const use = new RegExp(`\\b(${[...late.keys()].join('|')})\\b(?!;$)(\\.?)`, 'g');
  const moved = [...mappings];
  const changed = declared.map((line, index) =>
    line.replaceAll(use, (_, name, dot, column) => {
      if (dot === '') throw new Error(`${path} passes on all of ${name}, which is loaded late: ${line}`);
      const growth = late.get(name).length - name.length;
      // All uses of the line are found before the first is replaced: the columns are those of the mapping.
      moved[index] = moved[index].map((segment, at) => {
        return mappings[index][at][0] > column ? segment.with(0, segment[0] + growth) : segment;
      });
      return late.get(name) + dot;
    }),
  );
  return { lines: changed, mappings: moved };
}

/** Makes calls with a bundle in which each module is loaded when it is used. */
async function pathsOfUsualCalls() {
  const paths = new Set();
  const later = require(`./${LATER}`);
  for (const [path, run] of Object.entries(later)) {
    later[path] = (...given) => {
      paths.add(path);
      run(...given);
    };
  }
  await makeUsualCalls(require(`./${FIRST}`)('index.js').HTTPClient);
  return paths;
}

function writeReference(path) {
  const bundle = relative(dirname(path), FIRST);
  const from = bundle.startsWith('.') ? bundle : `./${bundle}`;
  const exported = names.get(path);
  // Node and bundlers look for names that an ES module can import. It does not run.
  const hint = exported.length === 0 ? '' : `0 && (module.exports = { ${exported.join(', ')} });\n`;
  writeFileSync(join(dist, path), `module.exports = require('${from}')('${path}');\n${hint}`);
  rmSync(join(dist, `${path}.map`));
}
