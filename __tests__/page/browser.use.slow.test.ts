import { readFileSync } from 'node:fs';
import type http from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Inspector from '../../src/inspector/index';
import type * as Root from '../../src/index';
import { builtPackage } from '../support/built-package';
import { inChromium, openInChromium, type Opened } from '../support/chromium';
import { rows, upstream, type Upstream } from './scene';
import { faultsOf } from '../support/har-faults';

const load = createRequire(join(builtPackage(), 'dist/index.js'));
const { HTTPClient, runInContext } = load('./index.js') as typeof Root;
const { startInspector } = load('./inspector/index.js') as typeof Inspector;

/** Turns the direction of text, clears a terminal, and is HTML. */
const HOSTILE = '\u202egpj.<img src=x onerror=alert(1)>\u001b[2J';

inChromium('in Chromium, the page', () => {
  let inspector: Inspector.RunningInspector;
  let service: Upstream;
  let url: string;
  let held: http.ServerResponse[] = [];
  const users = new HTTPClient({ name: 'users', token: null, timeout: 5, retryAttempts: 0 });

  beforeEach(async () => {
    inspector = await startInspector();
    held = [];
    service = await upstream(({ url: path = '' }, response) => {
      if (path.startsWith('/held')) held.push(response);
      else if (path.startsWith('/moved')) response.writeHead(307, { Location: '/users/1' }).end();
      else if (path.startsWith('/hostile')) {
        response.writeHead(409, { 'Content-Type': 'application/problem+json' });
        response.end(JSON.stringify({ title: HOSTILE, detail: HOSTILE }));
      } else response.end('{}');
    });
    ({ url } = service);
  });

  afterEach(async () => {
    await inspector.close();
    service.close();
  });

  async function openWith(count: number, options = {}): Promise<Opened> {
    for (let number = 1; number <= count; number++) await users.get(`${url}/users/${number}`);
    const opened = await openInChromium(inspector.url, options);
    if (count > 0) await rows(opened).first().waitFor();
    return opened;
  }

  test('is used by the keyboard alone: the focus stays where it is while calls come in', async () => {
    const { page, ...opened } = await openWith(3);
    const focused = async (): Promise<string> =>
      page.evaluate(`(({ dataset, className }) => dataset.key ?? dataset.client ?? className)(document.activeElement)`);
    const stops: string[] = [];
    for (let stop = 0; stop < 7; stop++) {
      await page.keyboard.press('Tab');
      stops.push(await page.evaluate<string>(`document.activeElement.ariaLabel ?? document.activeElement.textContent`));
    }
    expect(stops.map((stop) => /[A-Za-z]+/.exec(stop)?.[0])).toEqual([
      'Filter',
      'live',
      'Clear',
      'Export',
      'Switch',
      'users',
      'All',
    ]);

    await page.keyboard.press('Shift+Tab');
    expect(await focused()).toBe('users');
    await users.get(`${url}/users/4`);
    await rows({ page, ...opened })
      .nth(3)
      .waitFor();
    await page.waitForTimeout(600);
    expect(await focused()).toBe('users');

    await page.keyboard.press('Escape');
    await page.locator('.rows').focus();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const key = await focused();
    expect(key).toMatch(/^\d+$/);
    for (let number = 0; number < 100; number++) await users.get(`${url}/more/${number}`);
    await page.getByText('104 of 104 calls').waitFor();
    expect(await focused()).toBe(key);
    await page.keyboard.press('Escape');
    await page.locator('.hint').waitFor();
    expect(await focused()).toBe(key);
    await page.keyboard.press('Enter');
    await page.locator('.detail .title').waitFor();
    expect(await page.locator('.detail .u').innerText()).toBe('/users/3');
    expect(opened.complaints).toEqual([]);
  });

  test('keeps a paused list as it is while calls of it are chosen', async () => {
    const opened = await openWith(3);
    const { page } = opened;
    await page.getByRole('button', { name: 'live' }).click();

    await users.get(`${url}/users/4`);
    await page.waitForTimeout(300);
    await rows(opened).nth(1).click();
    await page.locator('.detail .title').waitFor();

    expect(await rows(opened).locator('.path').allInnerTexts()).toEqual(['/users/3', '/users/2', '/users/1']);
    expect(await page.locator('.detail .u').innerText()).toBe('/users/2');
    await page.getByRole('button', { name: 'paused' }).click();
    await rows(opened).nth(3).waitFor();
  });

  test('shows how the chosen call ends, and leaves text that is selected alone until then', async () => {
    const opened = await openWith(0);
    const { page } = opened;
    const call = users.get(`${url}/held`).catch(String);
    await rows(opened).first().click();
    await page.getByText('The call is under way').waitFor();

    await page.evaluate(`getSelection().selectAllChildren(document.querySelector('.detail .u'))`);
    await page.waitForTimeout(600);
    expect(await page.evaluate(`String(getSelection())`)).toBe('/held');
    await page.evaluate(`getSelection().removeAllRanges()`);
    await page.getByRole('button', { name: 'Copy story' }).focus();
    held[0]?.writeHead(200, { 'X-Came': 'back' }).end('{}');
    await call;

    await page.getByText('The call succeeded').waitFor();
    await page.getByText('back', { exact: true }).waitFor();
    expect(await page.evaluate(`document.activeElement.textContent`)).toBe('Copy story');
    expect(opened.complaints).toEqual([]);
  });

  test('exports a valid HAR, with an entry for each request on the wire', async () => {
    await users.get(`${url}/moved?a=1&a=2`);
    await users.get('http://127.0.0.1:1/refused').catch(() => undefined);
    const { page } = await openWith(1);

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export HAR' }).click(),
    ]);
    const har = JSON.parse(readFileSync(await download.path(), 'utf8')) as { log: { entries: { request: object }[] } };

    expect(download.suggestedFilename()).toBe('calls.har');
    expect(faultsOf(har)).toEqual([]);
    expect(har.log.entries.map(({ request }) => request)).toMatchObject([
      { url: `${url}/moved?a=1&a=2` },
      { url: `${url}/users/1` },
      { url: 'http://127.0.0.1:1/refused' },
      { url: `${url}/users/1` },
    ]);
  });

  test('connects again to a service that is back, and says what to do if it has another key', async () => {
    const opened = await openWith(1);
    const { page } = opened;
    const port = Number(new URL(inspector.url).port);

    await inspector.close();
    await page.getByText('reconnecting').waitFor();
    inspector = await startInspector({ port });

    await page.getByText('Open the address that was printed when the inspector started').waitFor({ timeout: 15_000 });
    await page.goto(inspector.url);
    await page.getByText('No calls yet.').waitFor();
  });

  test('says so where its script does not run', async () => {
    const opened = await openWith(0);
    await opened.page.route('**/page.js', (route) => route.abort());
    await opened.page.reload();

    await opened.page.getByText('This page needs a browser').waitFor();
  });

  test('shows names, routes and titles of others as text that cannot pass for another', async () => {
    const hostile = new HTTPClient({ name: HOSTILE, token: null, retryAttempts: 0 });
    await runInContext({ requestId: 'req-1', route: () => HOSTILE }, () =>
      hostile
        .get(`${url}/hostile/${encodeURIComponent(HOSTILE)}`, {
          headers: { 'X-Title': '<img src=x onerror=alert(1)>' },
        })
        .catch(String),
    );
    await users.get(`${url}/${'long'.repeat(3000)}?${'x'.repeat(3000)}`).catch(String);
    const opened = await openInChromium(inspector.url);
    const { page } = opened;
    await page.getByText('2 of 2 calls').waitFor();
    await page.getByRole('button', { name: 'by inbound request' }).click();
    await page.getByRole('button', { name: /^Failed/ }).click();
    await rows(opened).last().click();
    await page.locator('.detail .title').waitFor();

    const text = await page.locator('body').innerText();
    expect(text).not.toContain('\u202e');
    expect(text).not.toContain('\u001b');
    expect(text).toContain('\ufffdgpj.<img src=x onerror=alert(1)>\ufffd[2J');
    expect(await page.locator('img, b:has(img)').count()).toBe(0);
    expect(opened.complaints).toEqual([]);
  });

  test('has room for a hundred clients', async () => {
    for (let number = 0; number < 100; number++) {
      await new HTTPClient({ name: `client-${number}`, token: null }).get(url);
    }
    const opened = await openInChromium(inspector.url);

    await opened.page.locator('.card').nth(99).waitFor({ state: 'attached', timeout: 5000 });

    expect(await opened.page.locator('.card').count()).toBe(100);
    expect(opened.complaints).toEqual([]);
  });

  test('fits a narrow window, prints what it shows, and does not move where that is not wanted', async () => {
    const call = users.get(`${url}/held`).catch(String);
    const options = { viewport: { width: 700, height: 740 }, reducedMotion: 'reduce' };
    const { page } = await openWith(3, options);

    expect(await page.evaluate(`document.documentElement.scrollWidth`)).toBeLessThanOrEqual(700);
    expect(await page.evaluate(`document.getAnimations().length`)).toBe(0);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('header .tool').first().isVisible()).toBe(false);
    expect(await page.locator('.rows .row').first().isVisible()).toBe(true);
    expect(await page.evaluate(`getComputedStyle(document.body).overflow`)).toBe('visible');
    held[0]?.end('{}');
    await call;
  });
});
