import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where `npm run docs:build` puts the site. */
export const SITE = resolve(__dirname, '../../.build/site');

if (!existsSync(join(SITE, 'index.html'))) throw new Error('The site is not built: npm run docs:build');

/** A page of the site, as it is served. */
export interface SitePage {
  /** Such as `/plugins/retry.html`. */
  readonly path: string;
  readonly html: string;
  readonly ids: ReadonlySet<string>;
}

/** All pages, by path. */
export function sitePages(): ReadonlyMap<string, SitePage> {
  const files = readdirSync(SITE, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'));
  return new Map(
    files.map((file) => {
      const html = readFileSync(join(SITE, file), 'utf8');
      return [`/${file}`, { path: `/${file}`, html, ids: new Set(valuesOf(html, 'id')) }];
    }),
  );
}

/** The values of an attribute. */
export function valuesOf(html: string, attribute: string): string[] {
  const values = [...html.matchAll(new RegExp(`\\s${attribute}="([^"]*)"`, 'g'))];
  return values.map(([, value = '']) => value.replaceAll('&amp;', '&'));
}
