import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { inChromium, openInChromium, type AxeResult } from '../support/chromium';
import { SITE } from './built-site';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** One page of each kind. */
const KINDS = [
  ['the front page', '/'],
  ['the README', '/start.html'],
  ['the table of contents', '/pages.html'],
  ['a page with diagrams', '/resilience.html'],
  ['a page with wide tables', '/options.html'],
  ['a page with charts', '/benchmarks.html'],
  ['an example', '/examples/retries.html'],
  ['an entry of the reference', '/reference/http-client/'],
  ['a class', '/reference/http-client/classes/HTTPClient.html'],
  ['options', '/reference/http-client/interfaces/RequestOptions.html'],
] as const;

inChromium('in Chromium', () => {
  let server: http.Server;
  let origin: string;

  beforeAll(async () => {
    server = http.createServer(({ url = '' }, response) => {
      const path = decodeURIComponent(url.replace(/[?#].*/, '')).replace(/\/$/, '/index.html');
      try {
        const body = readFileSync(join(SITE, path));
        response.setHeader('Content-Type', TYPES[extname(path)] ?? 'application/octet-stream').end(body);
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  describe.each(KINDS)('%s', (_, path) => {
    test.each(['light', 'dark'] as const)('is accessible and without complaints, %s', async (colorScheme) => {
      const { page, complaints } = await openInChromium(origin + path, { colorScheme });
      await page.waitForLoadState('networkidle');

      expect(await page.locator('html.dark').count()).toBe(colorScheme === 'dark' ? 1 : 0);
      expect(await violations(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.context().close();
    });

    test('fits into 360 pixels', async () => {
      const { page } = await openInChromium(origin + path, { viewport: { width: 360, height: 740 } });

      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      await page.context().close();
    });
  });

  test.each(['upstream', 'expire', 'except', 'retry budget'])('the search finds "%s"', async (words) => {
    const { page, complaints } = await openInChromium(origin);
    await page.waitForLoadState('networkidle');
    await page.keyboard.press('Control+k');
    await page.locator('.VPLocalSearchBox input').fill(words);
    await page.locator('.VPLocalSearchBox .result').first().click();
    await page.waitForURL((url) => url.pathname !== '/');

    const found = (await page.locator('main').innerText()).toLowerCase();
    expect(words.split(' ').filter((word) => !found.includes(word))).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('the menu of a narrow page leads to another', async () => {
    const { page, complaints } = await openInChromium(`${origin}/retries.html`, {
      viewport: { width: 360, height: 740 },
    });
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    await page.locator('.VPSidebar').getByRole('link', { name: 'Timeouts' }).click();

    await page.getByRole('heading', { level: 1, name: 'Timeouts' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

/** What axe finds, as rule and element. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const result = await page.evaluate<AxeResult>('axe.run()');
  return result.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}
