// Takes the pictures of the inspector for the docs: runs the demo's services for a while, and opens the page in Chromium. After a
// build: node scripts/screenshots.mjs [folder]. CHROMIUM_PATH names the browser, if it is not found.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { chromiumPath } from './chromium-path.mjs';

/** Milliseconds until the page shows what the time axis spans. */
const WHILE = 20_000;

const root = join(import.meta.dirname, '..');
const folder = resolve(process.argv[2] ?? join(root, 'docs', 'inspector'));
const demo = spawn(process.execPath, [join(root, '.build', 'examples', 'demo', 'index.js'), '--watch'], { cwd: root });
demo.stderr.pipe(process.stderr);
const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
try {
  mkdirSync(folder, { recursive: true });
  const url = await addressOf(demo.stdout);
  console.log(`The demo runs; the pictures are taken in ${WHILE / 1000} s.`);
  await sleep(WHILE);
  await take('dark', url, ['.row:has(.status.bad):has(.wait)', '.row:has(.wait)', '.row']);
  await take('light', url, ['.row:has(.wait)', '.row'], 'group');
} finally {
  await browser.close();
  demo.kill();
}

async function addressOf(output) {
  for await (const line of createInterface({ input: output })) {
    const [address] = /http:\/\/\S+/.exec(line.replaceAll(/\u001b\[\d+m/g, '')) ?? [];
    if (address) return address;
  }
  throw new Error('the demo did not print the address of its inspector');
}

/** @param rows selectors of the call that is chosen: the first one that is there */
async function take(theme, address, rows, query = '') {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    deviceScaleFactor: 1.5,
    colorScheme: theme,
  });
  await page.goto(address);
  if (query) await page.goto(`${new URL(address).origin}/?${query}`);
  await page.waitForSelector('.row:not(.head)');
  for (const row of rows) {
    const found = page.locator(row).and(page.locator('button')).first();
    if ((await found.count()) === 0) continue;
    await found.click();
    break;
  }
  await sleep(500);
  const path = join(folder, `${theme}.png`);
  await page.screenshot({ path });
  await page.close();
  console.log(path);
}
