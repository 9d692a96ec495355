// Which files of the repository the site shows, and at which address.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');
const BUILD = join(ROOT, '.build');
/** What VitePress reads: copies of the pages, with the links of the site. */
export const STAGE = join(BUILD, 'site-pages');
export const OUT = join(BUILD, 'site');
export const CACHE = join(BUILD, 'site-cache');

/** The table of contents, from which the sidebar is made. */
export const INDEX = 'docs/README.md';

const RENAMED = {
  'README.md': 'start.md',
  [INDEX]: 'pages.md',
  'CHANGELOG.md': 'project/changelog.md',
  'CONTRIBUTING.md': 'project/contributing.md',
  'SECURITY.md': 'project/security-policy.md',
};

export function read(file) {
  return readFileSync(join(ROOT, file), 'utf8');
}

/** All Markdown that is written by hand, as paths from the root of the repository. */
export function pages() {
  const below = (folder, isWanted) =>
    readdirSync(join(ROOT, folder), { recursive: true })
      .map((name) => posix.join(folder, name))
      .filter(isWanted);
  return [
    ...Object.keys(RENAMED).filter((file) => dirname(file) === '.'),
    ...below('docs', (file) => file.endsWith('.md')),
    ...below('examples', (file) => basename(file) === 'README.md'),
  ];
}

/** Where a file stands in the stage: a page for Markdown and code, the file itself for a picture. */
export function placeOf(file) {
  if (file in RENAMED) return RENAMED[file];
  const place = file.replace(/^docs\//, '').replace(/README\.md$/, 'index.md');
  return isPicture(file) ? posix.join('public', place) : `${place.replace(/\.\w+$/, '').replaceAll('.', '-')}.md`;
}

/** The address of a file in the site. */
export function addressOf(file) {
  const place = placeOf(file);
  return isPicture(file) ? `/${posix.relative('public', place)}` : `/${place.replace(/(^|\/)index\.md$|\.md$/, '$1')}`;
}

export function isPicture(file) {
  return /\.(svg|png|webp)$/.test(file);
}

/** The file that a link leads to, as a path from the root; `undefined` for other sites and other places of the page. */
export function targetOf(page, link) {
  if (/^([a-z]+:|#|\/)/.test(link)) return undefined;
  const file = posix.join(posix.dirname(page), link.replace(/\/?([?#].*)?$/, ''));
  if (!existsSync(join(ROOT, file))) throw new Error(`${page} links to ${link}, which does not exist`);
  return file;
}
