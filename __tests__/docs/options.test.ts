import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HTTPClient } from '../../src/index';

interface Row {
  readonly name: string;
  readonly type: string;
  readonly examples: readonly unknown[];
}

/** What some options need beside them. */
const NEEDED = { concurrency: { limit: 5 }, rateLimit: { rate: 1 }, hedging: { delay: 1 } };
const PAGE = readFileSync(join(__dirname, '../../docs/options.md'), 'utf8');
const OF_THE_CLIENT = PAGE.slice(PAGE.indexOf('## Of the client'), PAGE.indexOf('## Of a call'));
const OF_A_CALL = PAGE.slice(PAGE.indexOf('## Of a call'));

function rowsOf(section: string): Row[] {
  const rows = section.matchAll(/^\| `([\w.]+)`[^|]*\|[^|]*\|([^|]*)\|[^|]*\|([^|]*)\|([^|]*)\|$/gm);
  return [...rows].map(([, name = '', type = '', ...cells]) => ({ name, type, examples: cells.flatMap(literalsIn) }));
}

/** The value of a cell, if it is a number, a word, a list or an empty object. */
function literalsIn(cell: string): unknown[] {
  const [, literal = ''] =
    /^ `?(\[?'.*|-?[\d.]+|true|false|\{\})`? *$/.exec(cell.replace('`', '').replace('`', '')) ?? [];
  return literal === '' ? [] : [JSON.parse(literal.trim().replaceAll("'", '"'))];
}

function clientWith(path: string, value: unknown): HTTPClient {
  const options: Record<string, unknown> = structuredClone(NEEDED);
  const names = path.split('.');
  const last = names.pop() ?? '';
  let group = options;
  for (const name of names) {
    const inner = typeof group[name] === 'object' ? group[name] : {};
    group = group[name] = inner as Record<string, unknown>;
  }
  group[last] = value;
  return new HTTPClient(options);
}

const ROWS = rowsOf(OF_THE_CLIENT);
const AXIOS_ROWS = rowsOf(OF_A_CALL.replaceAll('` ●', '`  ')).filter(({ name }) => OF_A_CALL.includes(`\`${name}\` ●`));

test.each([
  ['a client', ROWS, 40],
  ['a call that a client takes too', AXIOS_ROWS, 15],
])('defaults and examples of the options of %s are accepted', (_, rows, fewest) => {
  const values = rows.flatMap(({ name, examples }) => examples.map((value) => ({ name, value })));

  expect(values.length).toBeGreaterThan(fewest);
  for (const { name, value } of values) expect(() => clientWith(name, value)).not.toThrow();
});

test('the ranges of the options are those that are checked', () => {
  const ranges = ROWS.flatMap(({ name, type }) => {
    const [, above, low, high] = /(above 0, up to )?(?:([\d.]+) to )?([\d.]+)/.exec(type) ?? [];
    if (above === undefined && low === undefined) return [];
    return [{ name, low: Number(low ?? 0), isOpen: above !== undefined, high: Number(high) }];
  });

  expect(ranges.length).toBeGreaterThan(25);
  for (const { name, low, isOpen, high } of ranges) {
    expect(() => clientWith(name, high)).not.toThrow();
    expect(() => clientWith(name, high + 1)).toThrow(name);
    expect(() => clientWith(name, isOpen ? high : low)).not.toThrow();
    expect(() => clientWith(name, isOpen ? 0 : low - 1)).toThrow(name);
  }
});

test('`Infinity` is accepted where the page says so, and nowhere else', () => {
  const numbers = ROWS.filter(({ type }) => /\d/.test(type));

  for (const { name, type } of numbers) {
    const construct = (): HTTPClient => clientWith(name, Infinity);
    if (type.includes('`Infinity`')) expect(construct).not.toThrow();
    else expect(construct).toThrow();
  }
});
