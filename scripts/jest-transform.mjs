// ts-jest, with one cache for all of Jest's projects and tiers: its own key of a file contains the project. It transpiles file by
// file and checks no types (`npm run types` does).
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { url as inspectorUrl } from 'node:inspector';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const root = new URL('../', import.meta.url);
const TSCONFIG = new URL('tsconfig.test.json', root).pathname;

// A debugger finds its breakpoints through maps inside the code. Without one, V8 would read three times as much code per test file.
const isDebugged = inspectorUrl() !== undefined;

const hash = (...parts) => createHash('sha256').update(JSON.stringify(parts)).digest('hex');

const ofAllFiles = hash(
  ...[import.meta.url, new URL('tsconfig.json', root), new URL('tsconfig.test.json', root)].map((url) =>
    readFileSync(new URL(url), 'utf8'),
  ),
  require('typescript/package.json').version,
  require('ts-jest/package.json').version,
  isDebugged,
);

/** Each test file asks for all keys anew. */
const keys = new Map();

let tsJest;

export default {
  getCacheKey(source, path, { instrument }) {
    const known = keys.get(path);
    if (known !== undefined && known.source === source && known.instrument === instrument) return known.key;
    const key = hash(ofAllFiles, source, path, instrument);
    keys.set(path, { source, instrument, key });
    return key;
  },
  // ts-jest and TypeScript are loaded for the first file that is not in Jest's cache, and usually not at all.
  process(source, path, options) {
    tsJest ??= require('ts-jest').default.createTransformer({
      tsconfig: TSCONFIG,
      diagnostics: false,
      transpilation: true,
    });
    const { code } = tsJest.process(source, path, options);
    if (isDebugged) return { code };
    const [comment, map] = /\n\/\/# sourceMappingURL=data:application\/json;\S*?base64,(\S+)\s*$/.exec(code) ?? [];
    if (comment === undefined) return { code };
    return { code: code.slice(0, -comment.length) + '\n', map: JSON.parse(Buffer.from(map, 'base64').toString()) };
  },
};
