import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Inspector from '../../src/inspector/index';
import type * as Root from '../../src/index';
import { builtPackage } from '../support/built-package';
import { inChromium, openInChromium, type AxeResult } from '../support/chromium';
import { rows, upstream, type Upstream } from './scene';

const load = createRequire(join(builtPackage(), 'dist/index.js'));
// The built package: the page is a part of it.
const { HTTPClient, runInContext } = load('./index.js') as typeof Root;
const { startInspector } = load('./inspector/index.js') as typeof Inspector;
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const HOSTILE = '<img src=x onerror=alert(1)>';

inChromium('in Chromium, the page', () => {
  let inspector: Inspector.RunningInspector;
  let service: Upstream;
  let url: string;
  const users = new HTTPClient({ name: 'users', token: 'a-secret', timeout: 5, retry: { base: 0.05 } });
  const tickets = new HTTPClient({ name: 'tickets', token: null, retryAttempts: 0 });

  beforeEach(async () => {
    inspector = await startInspector({ traceURL: 'https://jaeger.internal/trace/{traceId}' });
    let count = 0;
    service = await upstream(({ url: path = '' }, response) => {
      if (path.startsWith('/slow')) setTimeout(() => response.end('{}'), 600);
      else if (path.startsWith('/flaky') && count++ === 0) response.writeHead(503).end();
      else if (path.startsWith('/moved')) response.writeHead(307, { Location: '/users/1' }).end();
      else if (path.startsWith('/missing')) {
        const headers = { 'Content-Type': 'application/problem+json', 'X-Hostile': HOSTILE };
        response.writeHead(404, headers).end(JSON.stringify({ title: HOSTILE }));
      } else response.setHeader('Set-Cookie', 'session=a-secret').end('{}');
    });
    ({ url } = service);
  });

  afterEach(async () => {
    await inspector.close();
    service.close();
  });

  test('says that there are no calls yet, and shows them as they come', async () => {
    const opened = await openInChromium(inspector.url);
    await opened.page.getByText('No calls yet.').waitFor();

    await users.get(`${url}/users/1`);

    await rows(opened).first().waitFor();
    expect(await opened.page.locator('.empty').isVisible()).toBe(false);
    expect(opened.page.url()).not.toContain('key=');
    expect(opened.complaints).toEqual([]);
  });

  test('shows a call in flight within 300 ms, and its outcome within 300 ms of its end', async () => {
    const opened = await openInChromium(inspector.url);
    await opened.page.getByText('No calls yet.').waitFor();

    const call = users.get(`${url}/slow`);
    const begun = performance.now();
    await opened.page.locator('.rows .status.open').waitFor({ timeout: 3000 });
    const shownAfter = performance.now() - begun;
    await call;
    const ended = performance.now();
    await opened.page.locator('.rows .status.good').waitFor({ timeout: 3000 });
    const endShownAfter = performance.now() - ended;

    // Twice as much on a busy machine.
    expect(shownAfter).toBeLessThan(600);
    expect(endShownAfter).toBeLessThan(600);
    expect(opened.complaints).toEqual([]);
  });

  test('filters by chips, clients, terms and keys, and keeps the choice in the address', async () => {
    await users.get(`${url}/users/1`);
    await users.get(`${url}/flaky`);
    await tickets.get(`${url}/missing/1`).catch(() => undefined);
    const opened = await openInChromium(inspector.url);
    const { page } = opened;
    await rows(opened).nth(2).waitFor();
    const paths = async (): Promise<string[]> => rows(opened).locator('.path').allInnerTexts();

    await page.getByRole('button', { name: /^Retried/ }).click();
    expect(await paths()).toEqual(['/flaky']);
    await page.getByRole('button', { name: /^All/ }).click();
    await page.locator('.card[data-client=tickets]').click();
    expect(await paths()).toEqual(['/missing/1']);
    await page.locator('.card[data-client=tickets]').click();
    await page.keyboard.press('/');
    await page.keyboard.type('status:4xx');
    expect(await paths()).toEqual(['/missing/1']);
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await page.locator('.detail .title').waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe('status:4xx');
    await page.reload();
    await rows(opened).first().waitFor();
    expect(await paths()).toEqual(['/missing/1']);
  });

  test('groups calls by the inbound request', async () => {
    await runInContext({ requestId: 'req-7f3a91', route: () => 'GET /desk/:id' }, async () => {
      await users.get(`${url}/users/1`);
      await tickets.get(`${url}/users/2`);
    });
    await users.get(`${url}/users/3`);
    const opened = await openInChromium(inspector.url);
    await rows(opened).nth(2).waitFor();
    await opened.page.getByRole('button', { name: 'by inbound request' }).click();

    expect(await opened.page.locator('.group').allInnerTexts()).toEqual([
      expect.stringMatching(/GET \/desk\/:id\s+req-7f3a91\s+2 calls/) as unknown,
      expect.stringContaining('outside of any request') as unknown,
    ]);
  });

  test('tells the story of a call, and runs nothing that came from outside', async () => {
    const hostile = `${url}/missing/${HOSTILE}?q=${HOSTILE}&api_key=a-secret`;
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    await runInContext({ requestId: 'req-1', traceparent }, () =>
      tickets.get(hostile, { headers: { 'X-Title': HOSTILE } }).catch(() => undefined),
    );
    await users.get(`${url}/moved`);
    const opened = await openInChromium(inspector.url);
    const { page } = opened;
    await rows(opened).nth(1).waitFor();

    await rows(opened).last().click();
    await page.getByText('The call failed').waitFor();
    const detail = await page.locator('.detail').innerText();
    expect(detail).toContain('HTTPError [CLIENT_ERROR]');
    expect(detail).toContain(HOSTILE);
    expect(detail).toContain('api_key=***');
    expect(detail).not.toContain('a-secret');
    expect(await page.getByRole('link', { name: 'Open trace' }).getAttribute('href')).toBe(
      'https://jaeger.internal/trace/4bf92f3577b34da6a3ce929d0e0e4736',
    );
    expect(await page.locator('.detail img').count()).toBe(0);

    await rows(opened).first().click();
    await page.getByText('after a 307 to').waitFor();
    expect(await page.locator('.detail .wf .hop').allInnerTexts()).toEqual(['↳ /moved', '↳ /users/1']);
    expect(await page.content()).not.toContain('a-secret');
    expect(opened.complaints).toEqual([]);
  });

  test('stays smooth with a thousand calls, of which only those in sight are drawn', async () => {
    for (let round = 0; round < 20; round++) {
      const calls = Array.from({ length: 50 }, (_, index) => users.get(`${url}/users/${round * 50 + index}`));
      await Promise.all(calls);
    }
    const opened = await openInChromium(inspector.url);
    const { page } = opened;
    await rows(opened).first().waitFor();

    // What is kept comes in parts.
    await page.getByText('1000 of 1000 calls').waitFor();
    const first = await rows(opened).first().getAttribute('data-key');
    await page.evaluate(`document.querySelector('.rows').scrollTop = 1e6`);
    await page.locator(`.rows .row[data-key="${first}"]`).waitFor({ state: 'detached' });

    expect(await rows(opened).count()).toBeLessThan(100);
    expect(opened.complaints).toEqual([]);
  });

  test('can be paused, continued and cleared', async () => {
    await users.get(`${url}/users/1`);
    const opened = await openInChromium(inspector.url);
    const { page } = opened;
    await rows(opened).first().waitFor();

    await page.getByRole('button', { name: 'live' }).click();
    await users.get(`${url}/users/2`);
    await page.waitForTimeout(400);
    expect(await rows(opened).count()).toBe(1);
    await page.getByRole('button', { name: 'paused' }).click();
    await rows(opened).nth(1).waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    expect(await rows(opened).count()).toBe(0);
    await users.get(`${url}/users/3`);
    await rows(opened).first().waitFor();
    expect(await rows(opened).locator('.path').allInnerTexts()).toEqual(['/users/3']);
  });

  test('says that the service is gone', async () => {
    const opened = await openInChromium(inspector.url);
    await opened.page.getByText('No calls yet.').waitFor();

    await inspector.close();

    await opened.page.getByText('reconnecting').waitFor();
  });

  describe.each(['dark', 'light'] as const)('in the %s theme', (colorScheme) => {
    test.each([
      ['wide', 1440],
      ['narrow', 700],
    ])('has no violation of WCAG AA in a %s window', async (_, width) => {
      await runInContext({ requestId: 'req-1', route: () => 'GET /desk/:id' }, async () => {
        await users.get(`${url}/flaky`);
        await users.get(`${url}/moved`);
        await tickets.get(`${url}/missing`).catch(() => undefined);
      });
      const slow = users.get(`${url}/slow`);
      const window = { viewport: { width, height: 900 }, colorScheme, reducedMotion: 'reduce' } as const;
      const opened = await openInChromium(inspector.url, window);
      const { page } = opened;
      await rows(opened).nth(3).waitFor();
      await rows(opened).nth(2).click();
      await page.locator('.detail .title').waitFor();
      await slow;

      await page.evaluate(axe);
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
      const run = `axe.run({ runOnly: { type: 'tag', values: ${JSON.stringify(tags)} } })`;
      const { violations } = await page.evaluate<AxeResult>(run);

      expect(violations.map(({ id, nodes }) => [id, ...nodes.slice(0, 3).map(({ html }) => html)])).toEqual([]);
      expect(opened.complaints).toEqual([]);
    });
  });
});
