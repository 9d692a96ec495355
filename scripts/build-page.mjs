// Bundles the inspector's page into dist/inspector: node scripts/build-page.mjs [folder]
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** Bytes of all files together, compressed. */
const MOST = 20 * 1024;

const repository = join(import.meta.dirname, '..');
const page = join(repository, 'page');
const outdir = join(resolve(process.argv[2] ?? repository), 'dist', 'inspector');

await build({
  entryPoints: { page: join(page, 'main.ts') },
  ...{ bundle: true, minify: true, format: 'esm', target: ['chrome111', 'firefox113', 'safari16.4'], outdir },
  logLevel: 'warning',
});
await build({ entryPoints: [join(page, 'page.css')], minify: true, outdir, logLevel: 'warning' });
for (const name of ['page.html', 'icon.svg']) copyFileSync(join(page, name), join(outdir, name));

// The source maps of this room would be two fifths of what the inspector adds to the package.
for (const name of readdirSync(outdir).filter((one) => one.endsWith('.js.map'))) {
  rmSync(join(outdir, name));
  const script = join(outdir, basename(name, '.map'));
  writeFileSync(script, readFileSync(script, 'utf8').replace(/\n\/\/# sourceMappingURL=.*$/, ''));
}

const files = ['page.html', 'page.js', 'page.css', 'icon.svg'];
const size = files.reduce((sum, name) => sum + gzipSync(readFileSync(join(outdir, name))).length, 0);
if (size > MOST) throw new Error(`the page is ${size} bytes of gzip, at most ${MOST} are allowed`);
