// Takes the pictures of the inspector for the docs: runs the demo's services for a while, and opens the page in Chromium. After a
// build: node scripts/screenshots.mjs [folder]. CHROMIUM_PATH names the browser, if it is not found.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { chromiumPath } from './chromium-path.mjs';

/** Milliseconds until the page shows most of a minute. */
const WHILE = 50_000;
/** Milliseconds in which a call worth a picture must come by. */
const PATIENCE = 60_000;

const root = join(import.meta.dirname, '..');
const folder = resolve(process.argv[2] ?? join(root, 'docs', 'inspector'));
const demo = spawn(process.execPath, [join(root, '.build', 'examples', 'demo', 'index.js'), '--watch'], {
  // Instead of the name of this folder.
  env: { ...process.env, npm_package_name: 'ticket-desk' },
});
demo.stderr.pipe(process.stderr);
const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
try {
  mkdirSync(folder, { recursive: true });
  const url = await addressOf(demo.stdout);
  console.log(`The demo runs; the pictures are taken in ${WHILE / 1000} s.`);
  await sleep(WHILE);
  // Calls that have ended after two waits at least, and after one that is long enough to be seen.
  await take('dark', url, '.row:not(:has(.status.open)):has(.wait ~ .wait)');
  await take('light', url, '.row:not(:has(.status.open)):has(.wait):has(.took.warn)', 'group');
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

/** @param row selector of the call that is chosen */
async function take(theme, address, row, query = '') {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    deviceScaleFactor: 1.25,
    colorScheme: theme,
  });
  await page.goto(address);
  if (query) await page.goto(`${new URL(address).origin}/?${query}`);
  // Not by the mouse, below which the rows move.
  await page.locator(`button${row}`).first().dispatchEvent('click', {}, { timeout: PATIENCE });
  await page.locator('.row.on').evaluate((chosen) => chosen.scrollIntoView({ block: 'center' }));
  await sleep(500);
  const path = join(folder, `${theme}.png`);
  await page.screenshot({ path });
  await page.close();
  console.log(path);
}
