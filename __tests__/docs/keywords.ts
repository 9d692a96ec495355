import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const PAGE = readFileSync(join(__dirname, '../../docs/from-requests.md'), 'utf8');

/** The table of keyword arguments: Python's name, our option. */
export const KEYWORDS = PAGE.slice(PAGE.indexOf('## Keyword arguments'), PAGE.indexOf('## Responses'))
  .split('\n')
  .map((line) => /^\| `(\w+)=.*?` +\| `(.*?)` +\|/.exec(line) ?? [])
  .flatMap(([, name, option]) => (name === undefined || option === undefined ? [] : [{ name, option }]));
