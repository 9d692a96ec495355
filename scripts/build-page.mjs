// Bundles the inspector's page into dist/inspector/page.json, a text for each file of it: node scripts/build-page.mjs [folder]
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** Bytes of all files together, compressed. */
const MOST = 20 * 1024;

const repository = join(import.meta.dirname, '..');
const page = join(repository, 'page');
const folder = join(resolve(process.argv[2] ?? repository), 'dist', 'inspector');

const shared = { bundle: true, minify: true, write: false, outdir: folder, logLevel: 'warning' };
const bundles = await Promise.all([
  build({
    ...shared,
    entryPoints: { page: join(page, 'main.ts') },
    ...{ format: 'esm', target: ['chrome111', 'firefox113', 'safari16.4'] },
  }),
  build({ ...shared, entryPoints: [join(page, 'page.css')] }),
]);
const files = Object.fromEntries([
  ...['page.html', 'icon.svg'].map((name) => [name, readFileSync(join(page, name), 'utf8')]),
  ...bundles.flatMap(({ outputFiles }) => outputFiles.map(({ path, text }) => [basename(path), text])),
]);

const size = Object.values(files).reduce((sum, text) => sum + gzipSync(text).length, 0);
if (size > MOST) throw new Error(`the page is ${size} bytes of gzip, at most ${MOST} are allowed`);
writeFileSync(join(folder, 'page.json'), JSON.stringify(files));

// The source maps of this room would be two fifths of what the inspector adds to the package.
for (const name of readdirSync(folder).filter((one) => one.endsWith('.js.map'))) {
  rmSync(join(folder, name));
  const script = join(folder, basename(name, '.map'));
  writeFileSync(script, readFileSync(script, 'utf8').replace(/\n\/\/# sourceMappingURL=.*$/, ''));
}
