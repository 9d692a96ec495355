import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

/** A block of TypeScript or JavaScript in a page. */
export interface Block {
  /** Page and line, as a file may be called. */
  readonly name: string;
  readonly language: 'ts' | 'js';
  readonly code: string;
  /** `fragment`: neither compiled nor run; `not run`: only compiled. Readers of the page do not see it. */
  readonly mark: string | undefined;
  /** Why, as the page says. */
  readonly reason: string | undefined;
}

const BLOCK = /^(?:<!-- (fragment|not run): (.+) -->\n+)?```(ts|js)\n([\s\S]*?)^```$/gm;

/** Of README.md and docs/, in their order. */
export function blocksOfDocs(): Block[] {
  const names = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
  const pages = names.filter((name) => name.endsWith('.md')).map((name) => join('docs', name));
  return ['README.md', ...pages.sort()].flatMap((page) => blocksIn(page, readFileSync(join(ROOT, page), 'utf8')));
}

export function blocksIn(page: string, text: string): Block[] {
  return [...text.matchAll(BLOCK)].map(({ 0: whole, 1: mark, 2: reason, 3: language, 4: code = '', index }) => {
    const line = text.slice(0, index + whole.indexOf('```')).split('\n').length;
    const name = `${page.replaceAll(/[/.]/g, '-')}-line-${line}`;
    return { name, language: language === 'js' ? 'js' : 'ts', code, mark, reason };
  });
}
