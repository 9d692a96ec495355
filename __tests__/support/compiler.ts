import { join, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(__dirname, '../..');

/** Strict, as services compile; each source is an ES module, which may await at its top level. */
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts'],
  types: ['node'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  experimentalDecorators: true,
  noPropertyAccessFromIndexSignature: true,
  skipLibCheck: true,
  noEmit: true,
  paths: {
    '@hdms/http-client': [join(ROOT, 'src/index.ts')],
    '@hdms/http-client/express': [join(ROOT, 'src/express/index.ts')],
    '@hdms/http-client/inspector': [join(ROOT, 'src/inspector/index.ts')],
    '@hdms/http-client/logging': [join(ROOT, 'src/logging/index.ts')],
    '@hdms/http-client/nestjs': [join(ROOT, 'src/nestjs/index.ts')],
    '@hdms/http-client/opentelemetry': [join(ROOT, 'src/opentelemetry/index.ts')],
    '@hdms/http-client/undici': [join(ROOT, 'src/transports/undici.ts')],
    '@hdms/http-client/testing': [join(ROOT, 'src/testing/index.ts')],
  },
};

/** What the compiler says of sources that are not on disk, all in one program: `name: message` for each. */
export function complaintsAbout(sources: ReadonlyMap<string, string>): string[] {
  const files = new Map([...sources].map(([name, text]) => [join(ROOT, `${name}.ts`), `${text}\nexport {};\n`]));
  const host = ts.createCompilerHost(OPTIONS);
  const onDisk = { fileExists: host.fileExists.bind(host), getSourceFile: host.getSourceFile.bind(host) };
  host.fileExists = (name) => files.has(name) || onDisk.fileExists(name);
  host.getSourceFile = (name, languageVersion, ...rest) => {
    const source = files.get(name);
    if (source === undefined) return onDisk.getSourceFile(name, languageVersion, ...rest);
    return ts.createSourceFile(name, source, languageVersion);
  };
  const program = ts.createProgram([...files.keys()], OPTIONS, host);
  return [...sources.keys()].flatMap((name) => {
    const file = program.getSourceFile(join(ROOT, `${name}.ts`));
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return found.map(({ messageText }) => `${name}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
  });
}
