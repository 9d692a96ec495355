// Writes the public API of the package in the current directory: `node scripts/api-report.mjs <folder>`.
// One report per entry point, and one with what these use but do not export. A report shows no comments and no file
// paths: rewording a comment or moving a file leaves it as it is.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';
import { readDeclarations } from './declarations.mjs';

const root = process.cwd();
const [folder] = process.argv.slice(2);

const { name: packageName, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const entries = Object.entries(exports)
  .filter(([, { default: file }]) => file !== undefined)
  .map(
    ([
      path,
      {
        default: { types },
      },
    ]) => ({
      report: path === '.' ? 'index' : path.slice('./'.length),
      specifier: path.replace('.', packageName),
      source: join(root, types.replace('dist', 'src').replace('.d.ts', '.ts')),
      file: join(root, types),
    }),
  );
const unexported = { report: 'unexported', specifier: './unexported.md' };
const { exportsOf, symbolOf, resolve, isOurs, augmentationsOf } = readDeclarations(root, entries);

/** Symbol -> the report that shows its declaration, and the name there. The first entry point that exports it wins. */
const homes = new Map();
for (const entry of entries)
  for (const symbol of exportsOf(entry.file)) {
    const { target } = resolve(symbol);
    if (isOurs(target) && !homes.has(target)) homes.set(target, { ...entry, name: symbol.name });
  }

mkdirSync(folder, { recursive: true });
for (const entry of entries) await writeEntry(entry);
await writeUnexported();

async function writeEntry({ report, specifier, file }) {
  const page = { report, imports: new Map() };
  const symbols = exportsOf(file);
  const values = symbols.filter((symbol) => resolve(symbol).isValue).length;
  const blocks = [...symbols.map((symbol) => exported(symbol, page)), ...augmentations(file, page)];
  const summary = `Exports: ${values} at run time, ${symbols.length - values} only as types.`;
  await write(page, `The public API of \`${specifier}\``, summary, blocks);
}

async function writeUnexported() {
  const page = { report: unexported.report, imports: new Map() };
  const blocks = new Map();
  // `homes` grows during this loop: printing a declaration adds those that it uses.
  for (const [symbol, { report, name }] of homes) {
    if (report !== page.report) continue;
    if (blocks.has(name)) throw new Error(`The API uses two unexported declarations called ${name}: rename one.`);
    blocks.set(name, print(symbol, page));
  }
  const sorted = [...blocks].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, block]) => block);
  const summary = 'A change here is a change of the public API, because exported declarations use these.';
  await write(page, 'Used by the public API, but not exported', summary, sorted);
}

async function write({ report, imports }, title, summary, blocks) {
  const lines = [...imports]
    .sort()
    .map(([from, names]) => `import type { ${[...names].sort().join(', ')} } from '${from}';`);
  const code = [lines.join('\n'), ...blocks].join('\n\n');
  const text = `# ${title}\n\nWritten by \`npm run api\`. ${summary}\n\n\`\`\`ts\n${code}\n\`\`\`\n`;
  const style = await resolveConfig(join(root, 'package.json'));
  writeFileSync(join(folder, `${report}.md`), await format(text, { ...style, parser: 'markdown' }));
}

function exported(symbol, page) {
  const { target, link, isValue } = resolve(symbol);
  const home = homes.get(target) ?? { specifier: moduleOf(link), name: (link.propertyName ?? link.name).text };
  if (home.report === page.report && home.name === symbol.name) return print(target, page, isValue ? 'value' : 'type');
  const name = home.name === symbol.name ? symbol.name : `${home.name} as ${symbol.name}`;
  return `export ${isValue ? '' : 'type '}{ ${name} } from '${home.specifier}';`;
}

/** @param as how it is exported: as a 'value', as a 'type', or not at all */
function print(symbol, page, as) {
  const blocks = symbol.declarations.map((node) => {
    const isType = ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);
    const keywords = [as === 'value' || (as === 'type' && isType) ? 'export' : '', isType ? '' : 'declare'];
    if (ts.isVariableDeclaration(node)) keywords.push('const');
    return [...keywords, textOf(node, page).replace(/^(export )?(declare )?/, '')].filter(Boolean).join(' ');
  });
  const isHidden = as === 'type' && symbol.flags & ts.SymbolFlags.Value;
  return [...blocks, ...(isHidden ? [`export type { ${homes.get(symbol).name} };`] : [])].join('\n');
}

/** What an entry point adds to interfaces of other modules, except what the main entry point adds already. */
function augmentations(file, page) {
  const [main] = entries;
  const known = new Set(page.report === main.report ? [] : augmentationsOf(main.file).map(({ added }) => added));
  const interfaces = new Map();
  for (const { module, added } of augmentationsOf(file).filter((one) => !known.has(one.added))) {
    const head = added.getText().slice(0, added.members.pos - added.getStart());
    const members = added.members.map((member) => textOf(member, page));
    const key = `declare ${module === 'global' ? '' : 'module '}${module} { ${head}`;
    interfaces.set(key, [...(interfaces.get(key) ?? []), ...members].sort());
  }
  return [...interfaces].sort().map(([head, members]) => `${head}\n${members.join('\n')}\n} }`);
}

/** The text of a declaration, with the names that the reports use. */
function textOf(root, page) {
  const edits = [];
  visit(root);
  const start = root.getStart();
  return edits.reduceRight(
    (text, [from, to, by]) => text.slice(0, from - start) + by + text.slice(to - start),
    root.getText(),
  );

  function visit(node) {
    if (ts.isImportTypeNode(node) && node.argument.literal.text.startsWith('.'))
      edits.push([node.getStart(), node.qualifier.getStart(), node.isTypeOf ? 'typeof ' : '']);
    if (ts.isIdentifier(node)) edits.push([node.getStart(), node.end, nameOf(node, page)]);
    ts.forEachChild(node, visit);
  }
}

/** The name that the reports use. A name from another page or package is added to the imports of this page. */
function nameOf(identifier, page) {
  const symbol = symbolOf(identifier);
  const { target, link } = symbol === undefined ? {} : resolve(symbol);
  if (!isOurs(target)) {
    if (link !== undefined) note(page, moduleOf(link), link.getText().replace(/^type /, ''));
    return identifier.text;
  }
  if (!homes.has(target)) homes.set(target, { ...unexported, name: target.name });
  const { report, specifier, name } = homes.get(target);
  if (report !== page.report) note(page, specifier, name);
  return name;
}

function note({ imports }, specifier, name) {
  imports.set(specifier, (imports.get(specifier) ?? new Set()).add(name));
}

function moduleOf(link) {
  return ts.findAncestor(link, (node) => node.moduleSpecifier !== undefined).moduleSpecifier.text;
}
