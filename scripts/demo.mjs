// Builds the demo and runs it, with the arguments of this program. The build takes a second, because nothing checks its types,
// and is left out while no file has changed.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
/** Laid out like the package, so that the demo finds it by its name. */
const folder = join(root, '.build', 'demo');
const stamp = join(folder, 'stamp.txt');
const ROOMS = { src: 'dist', 'examples/demo': 'examples/demo', 'examples/support': 'examples/support' };

const state = ['package.json', 'scripts', 'page', ...Object.keys(ROOMS)].flatMap(timesOf).join('\n');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== state) {
  const start = performance.now();
  process.stdout.write('Building the demo … ');
  rmSync(folder, { recursive: true, force: true });
  await Promise.all(Object.entries(ROOMS).map(([from, to]) => transpile(from, to)));
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  await buildPage();
  writeFileSync(stamp, state);
  console.log(`${((performance.now() - start) / 1000).toFixed(1)} s`);
}
await import(join(folder, 'examples', 'demo', 'index.js'));

/** A line for each file: its name, and when it was changed. */
function timesOf(name) {
  const path = join(root, name);
  const { mtimeMs } = statSync(path);
  const inside = statSync(path).isDirectory() ? readdirSync(path).flatMap((one) => timesOf(join(name, one))) : [];
  return [`${name} ${mtimeMs}`, ...inside];
}

async function transpile(from, to) {
  const { build } = await import('esbuild');
  const outbase = join(root, from);
  const files = readdirSync(outbase, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  await build({
    entryPoints: files.map((name) => join(outbase, name)),
    ...{ outbase, outdir: join(folder, to), platform: 'node', format: 'cjs', target: 'node20', charset: 'utf8' },
    // The entry points of the package replace `module.exports`.
    logOverride: { 'commonjs-variable-in-esm': 'silent' },
    logLevel: 'warning',
  });
}

/** The page of the inspector. Its script takes the folder from the command line. */
async function buildPage() {
  const { argv } = process;
  process.argv = [...argv.slice(0, 2), folder];
  await import('./build-page.mjs');
  process.argv = argv;
}
