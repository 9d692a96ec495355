import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { complaintsAbout } from '../support/compiler';

const ROOT = resolve(__dirname, '../..');
const PAGES = ['README.md', ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).map(inDocs)];

function inDocs(name: string): string {
  return join('docs', name);
}

/** Page and line, and text, of each block. */
function blocksOf(page: string): [string, string][] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(({ index, 1: code = '' }) => {
    const line = text.slice(0, index).split('\n').length;
    return [`${page.replaceAll(/[/.]/g, '-')}-line-${line}`, code];
  });
}

test('every TypeScript block of the docs compiles by itself', () => {
  const blocks = new Map(PAGES.filter((page) => page.endsWith('.md')).flatMap(blocksOf));

  expect(blocks.size).toBeGreaterThan(20);
  expect(complaintsAbout(blocks)).toEqual([]);
});
