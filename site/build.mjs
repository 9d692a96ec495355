// Builds the site into .build/site: `node site/build.mjs [--serve] [--port 4173]`; `--watch` shows changes of pages at once.
import { rmSync, watch } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, createServer } from 'vitepress';
import { ROOT, STAGE } from './paths.mjs';
import { writeReference } from './reference.mjs';
import { serve } from './serve.mjs';
import { stage } from './stage.mjs';

const HOST = '127.0.0.1';
const SITE = join(ROOT, 'site');

const { values } = parseArgs({
  options: {
    serve: { type: 'boolean', default: false },
    watch: { type: 'boolean', default: false },
    port: { type: 'string', default: '4173' },
  },
});
const port = Number(values.port);

rmSync(STAGE, { recursive: true, force: true });
stage();
await writeReference();
if (values.watch) await follow();
else {
  await build(SITE);
  if (values.serve) serve(port, HOST);
}

/** A development server. */
async function follow() {
  const server = await createServer(SITE, { host: HOST, port });
  await server.listen();
  server.printUrls();
  for (const folder of ['docs', 'examples']) watch(join(ROOT, folder), { recursive: true }, stageAgain);
}

/** A page that is being written may have a link to nothing for a while. */
function stageAgain() {
  try {
    stage();
  } catch (error) {
    console.error(error.message);
  }
}
