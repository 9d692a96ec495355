import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SITE, sitePages, valuesOf, type SitePage } from './built-site';

const ROOT = resolve(__dirname, '../..');
const PAGES = sitePages();

/** @returns what is wrong with a link of a page; `undefined` for a good one, and for one to another site */
function fault({ path: from }: SitePage, link: string): string | undefined {
  const { origin, pathname, hash } = new URL(link, `http://site${from}`);
  if (origin !== 'http://site') return undefined;
  const path = decodeURIComponent(pathname).replace(/\/$/, '/index.html');
  const page = PAGES.get(path);
  if (page === undefined) return existsSync(join(SITE, path)) ? undefined : `${from}: ${link} leads nowhere`;
  if (hash === '' || page.ids.has(decodeURIComponent(hash.slice(1)))) return undefined;
  return `${from}: ${link} leads to no place of that page`;
}

test('every link leads to a page of the site, and to a place that is there', () => {
  const faults = [...PAGES.values()].flatMap((page) => {
    const links = new Set(valuesOf(page.html, 'href'));
    return [...links].map((link) => fault(page, link)).filter((one) => one !== undefined);
  });

  expect(PAGES.size).toBeGreaterThan(100);
  expect(faults).toEqual([]);
});

test('nothing is loaded from another host', () => {
  const sources = [...PAGES.values()].flatMap(({ html }) => [
    ...valuesOf(html, 'src'),
    ...[...html.matchAll(/<link [^>]*href="([^"]*)"/g)].map(([, href = '']) => href),
  ]);
  const styles = readdirSync(join(SITE, 'assets')).filter((file) => file.endsWith('.css'));
  const fonts = styles.flatMap((file) => [
    ...readFileSync(join(SITE, 'assets', file), 'utf8').matchAll(/url\(([^)]*)/g),
  ]);

  expect(sources.length).toBeGreaterThan(100);
  expect(sources.filter((source) => !/^(\/|data:)/.test(source))).toEqual([]);
  expect(fonts.map(([, url = '']) => url).filter((url) => !/^["']?(\/|data:)/.test(url))).toEqual([]);
});

test('every page of docs/ is a page of the site, and in its sidebar', () => {
  const files = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
  const paths = files
    .filter((file) => file.endsWith('.md') && file !== 'README.md')
    .map((file) => `/${file.replace(/README\.md$/, 'index.md').replace(/\.md$/, '.html')}`);
  const sidebar = new Set(valuesOf(PAGES.get('/retries.html')?.html ?? '', 'href'));

  expect(paths.length).toBeGreaterThan(20);
  expect(paths.filter((path) => !PAGES.has(path))).toEqual([]);
  expect(paths.filter((path) => !sidebar.has(path.replace(/\/index\.html$/, '/')))).toEqual([]);
});
