import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

/** As in `scripts/chromium-path.mjs`, which tests cannot import. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const { CHROMIUM_PATH, PATH = '' } = process.env;

/** Where Chromium is; `undefined` if there is none, and the tests are skipped. */
export const chromiumPath =
  CHROMIUM_PATH ??
  PATH.split(':')
    .flatMap((folder) => NAMES.map((name) => `${folder}/${name}`))
    .find((path) => existsSync(path));

/** Tests that need Chromium: skipped, with a message, where there is none. */
export function inChromium(name: string, tests: () => void): void {
  if (chromiumPath === undefined) process.stderr.write(`There is no Chromium (CHROMIUM_PATH): skipped ${name}.\n`);
  (chromiumPath === undefined ? describe.skip : describe)(name, tests);
}

/** What axe-core found. */
export interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

/** A page, and what it complained of. */
export interface Opened {
  readonly page: Page;
  /** Errors, warnings, dialogs, and requests to other origins. */
  readonly complaints: string[];
}

let browser: Browser | undefined;

afterAll(async () => {
  await browser?.close();
});

/** Opens an address in a new window of Chromium. */
export async function openInChromium(url: string, options: BrowserContextOptions = {}): Promise<Opened> {
  browser ??= await chromium.launch({ executablePath: String(chromiumPath), args: ['--no-sandbox'] });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(url).origin) complaints.push(`request to ${request.url()}`);
  });
  await page.goto(url);
  return { page, complaints };
}
