// Prints the way of one warm GET through the built package: which functions of which file run, in order. A line is a move from one
// file to another. The last line counts them: node scripts/way-of-a-call.mjs [folder of the package] [http | undici]
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire, Module } from 'node:module';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';

const [folder = join(import.meta.dirname, '..'), transport = 'http'] = process.argv.slice(2);
const dist = join(resolve(folder), 'dist');
const require = createRequire(join(dist, 'index.js'));

let entries;
globalThis.enterFunction = (file, name) => entries?.push({ file, name });
traceModulesBelow(dist);

const { HTTPClient } = require('./index.js');
const options = transport === 'undici' ? { transport: require('./transports/undici.js').undici() } : {};
const client = new HTTPClient({ token: 'a-token', ...options });
const server = createServer((_, response) => response.setHeader('Content-Type', 'application/json').end('{"id":1}'));
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const url = `http://127.0.0.1:${server.address().port}/users/1`;
for (let warmUp = 0; warmUp < 3; warmUp++) await client.get(url);
entries = [];
await client.get(url);
print(entries);
client.close();
server.close();

function print(calls) {
  const moves = [];
  for (const { file, name } of calls) {
    if (moves.at(-1)?.file === file) moves.at(-1).names.push(name);
    else moves.push({ file, names: [name] });
  }
  for (const { file, names } of moves) console.log(`${file.padEnd(30)} ${names.join(', ')}`);
  const files = new Set(moves.map(({ file }) => file)).size;
  console.log(`${files} files, ${moves.length} moves, ${moves.length - files} returns, ${calls.length} functions`);
}

/** Modules that are loaded from now on tell which of their functions is entered. */
function traceModulesBelow(directory) {
  const load = Module._extensions['.js'];
  Module._extensions['.js'] = (module, path) => {
    if (path.startsWith(directory)) module._compile(traced(path), path);
    else load(module, path);
  };
}

function traced(path) {
  const text = readFileSync(path, 'utf8');
  const insertions = [];
  const visit = (node, file) => {
    if (ts.isFunctionLike(node) && node.body) insertions.push(...entryOf(node, file));
    ts.forEachChild(node, (child) => visit(child, moduleOf(node) ?? file));
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true), relative(dist, path).replace(/\.js$/, ''));
  insertions.sort((one, other) => other.at - one.at);
  return insertions.reduce((code, { at, code: inserted }) => code.slice(0, at) + inserted + code.slice(at), text);
}

/** The module whose code a function of the bundle is. */
function moduleOf({ kind, name }) {
  if (kind !== ts.SyntaxKind.MethodDeclaration || !ts.isStringLiteral(name)) return undefined;
  return /^(.+)\.js$/.exec(name.text)?.[1];
}

/** What has to be inserted for a function to tell that it is entered. */
function entryOf({ name, body, kind }, file) {
  const label = name?.getText() ?? (kind === ts.SyntaxKind.Constructor ? 'constructor' : '=>');
  const call = `enterFunction(${JSON.stringify(file)}, ${JSON.stringify(label)})`;
  if (ts.isBlock(body)) return [{ at: body.getStart() + 1, code: `${call};` }];
  return [
    { at: body.getStart(), code: `(${call}, ` },
    { at: body.getEnd(), code: ')' },
  ];
}
