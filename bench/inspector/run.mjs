// What the inspector costs: npm run bench:inspector [seconds] [watch]
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { once } from 'node:events';
import { chromium } from 'playwright-core';
import { chromiumPath } from '../../scripts/chromium-path.mjs';

const seconds = Number(process.argv[2] ?? 60);
const file = (name) => join(import.meta.dirname, name);

/** Starts a process, which sends one message when it is ready. */
async function start(name, ...args) {
  const child = fork(file(name), args.map(String), { execArgv: ['--expose-gc'] });
  const [message] = await once(child, 'message');
  return { child, message };
}

const { child: server, message: url } = await start('server.mjs');

if (process.argv[3] !== 'watch') {
  const { message: cost } = await start('recording.mjs', url);
  console.log(`recording: ${JSON.stringify(cost)}`);
}

for (const isWatched of [false, true]) {
  const { child, message: address } = await start('service.mjs', url, seconds);
  const browser = isWatched
    ? await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] })
    : undefined;
  const page = await browser?.newPage();
  await page?.goto(address);
  child.send('go');
  const frames = page?.evaluate(`new Promise((done) => {
    let count = 0;
    const until = performance.now() + ${seconds * 1000};
    const step = (now) => (now < until ? (count++, requestAnimationFrame(step)) : done(count / ${seconds}));
    requestAnimationFrame(step);
  })`);
  const [delay] = await once(child, 'message');
  const perSecond = await frames;
  console.log(`${isWatched ? 'page open' : 'no page'}: ${JSON.stringify({ ...delay, framesPerSecond: perSecond })}`);
  await browser?.close();
  child.kill();
}
server.kill();
