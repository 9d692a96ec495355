// The declarations of a package as its build emits them, but in memory and without comments. For api-report.mjs.
import { join } from 'node:path';
import ts from 'typescript';

/** @param entries for each entry point, its `source` and the `file` to which the build writes its declarations */
export function readDeclarations(root, entries) {
  const { options, texts, parsed } = build(root, entries);
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.directoryExists = undefined;
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  host.readFile = (file) => texts.get(file) ?? readFile(file);
  // Files of other packages are not parsed a second time.
  host.getSourceFile = (file, ...rest) => parsed(file) ?? getSourceFile(file, ...rest);
  const files = entries.map(({ file }) => file);
  const program = ts.createProgram(files, options, host);
  const checker = program.getTypeChecker();
  const isInside = (node) => texts.has(node.getSourceFile().fileName);

  return {
    /** The symbols that a module exports, by name. */
    exportsOf(file) {
      const symbols = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file)));
      return symbols.sort((a, b) => (a.name < b.name ? -1 : 1));
    },

    symbolOf: (node) => checker.getSymbolAtLocation(node),

    /** Follows exports and imports to the `target` symbol. `link` is the last of them in this package. */
    resolve(symbol) {
      let target = symbol;
      let link;
      let isTypeOnly = false;
      while (target !== undefined && target.flags & ts.SymbolFlags.Alias) {
        const [node] = target.declarations;
        if (isInside(node)) link = node;
        isTypeOnly ||= ts.isTypeOnlyImportOrExportDeclaration(node);
        target = checker.getImmediateAliasedSymbol(target);
      }
      return { target, link, isValue: !isTypeOnly && Boolean(target?.flags & ts.SymbolFlags.Value) };
    },

    /** Whether a symbol is declared at the top level of a file of this package. */
    isOurs(symbol) {
      const [node] = symbol?.declarations ?? [];
      if (node === undefined || !isInside(node)) return false;
      return ts.isSourceFile(ts.isVariableDeclaration(node) ? node.parent.parent.parent : node.parent);
    },

    /** Each `interface` in a `declare module` or `declare global` that an importer of the file gets. */
    augmentationsOf(file) {
      return [...reach(file)].flatMap(({ statements }) =>
        statements
          .filter((statement) => ts.isModuleDeclaration(statement) && isAugmentation(statement))
          .flatMap(({ name, body }) => body.statements.map((added) => ({ module: name.getText(), added }))),
      );
    },
  };

  function reach(file, found = new Set()) {
    const source = program.getSourceFile(file);
    if (found.has(source)) return found;
    found.add(source);
    for (const { fileName } of ts.preProcessFile(source.text).importedFiles) {
      const { resolvedModule } = ts.resolveModuleName(fileName, file, options, host);
      if (texts.has(resolvedModule?.resolvedFileName)) reach(resolvedModule.resolvedFileName, found);
    }
    return found;
  }
}

function build(root, entries) {
  // `npm run types` checks the types; without `noCheck` this takes twice as long.
  const overrides = { emitDeclarationOnly: true, removeComments: true, noCheck: true };
  const { options } = ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.build.json'), overrides, ts.sys);
  const sources = entries.map(({ source }) => source);
  const program = ts.createProgram(sources, options);
  const texts = new Map();
  const { diagnostics } = program.emit(undefined, (file, text) => texts.set(file, text));
  if (diagnostics.length > 0) throw new Error(ts.formatDiagnostics(diagnostics, ts.createCompilerHost(options)));
  return { options, texts, parsed: (file) => program.getSourceFile(file) };
}

function isAugmentation({ name, flags }) {
  return ts.isStringLiteral(name) || (flags & ts.NodeFlags.GlobalAugmentation) !== 0;
}
