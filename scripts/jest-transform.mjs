// Jest's transform. It transpiles file by file and checks no types (`npm run types` does), and knows nothing of Jest's
// projects, so that all of them and both tiers share what was transpiled once.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { url as inspectorUrl } from 'node:inspector';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const root = new URL('../', import.meta.url);

// A debugger finds its breakpoints through maps inside the code. Without one, V8 would read three times as much code per test file.
const isDebugged = inspectorUrl() !== undefined;

const hash = (...parts) => createHash('sha256').update(JSON.stringify(parts)).digest('hex');

const ofAllFiles = hash(
  ...[import.meta.url, new URL('tsconfig.json', root), new URL('tsconfig.test.json', root)].map((url) =>
    readFileSync(new URL(url), 'utf8'),
  ),
  require('typescript/package.json').version,
  isDebugged,
);

/** `jest.mock` would have to stand above the imports: it belongs into a setup file, and a test that has one here fails. */
let options;
function compilerOptions() {
  if (options === undefined) {
    const ts = require('typescript');
    const { config } = ts.readConfigFile(new URL('tsconfig.test.json', root).pathname, ts.sys.readFile);
    const { options: read, errors } = ts.parseJsonConfigFileContent(config, ts.sys, root.pathname);
    if (errors.length > 0) throw new Error(ts.formatDiagnostics(errors, ts.createCompilerHost(read)));
    options = { ...read, noEmit: false, sourceMap: !isDebugged, inlineSourceMap: isDebugged, inlineSources: true };
  }
  return options;
}

/** Each test file asks for all keys anew. */
const keys = new Map();

export default {
  getCacheKey(source, path, { instrument }) {
    const known = keys.get(path);
    if (known !== undefined && known.source === source && known.instrument === instrument) return known.key;
    const key = hash(ofAllFiles, source, path, instrument);
    keys.set(path, { source, instrument, key });
    return key;
  },
  // TypeScript is loaded for the first file that is not in Jest's cache, and usually not at all.
  process(source, path) {
    const ts = require('typescript');
    const { outputText, sourceMapText } = ts.transpileModule(source, {
      fileName: path,
      compilerOptions: compilerOptions(),
    });
    if (sourceMapText === undefined) return { code: outputText };
    return { code: outputText.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n'), map: JSON.parse(sourceMapText) };
  },
};
