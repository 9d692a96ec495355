import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import * as api from '../../src/index';
import {
  AXIOS_OPTIONS,
  CLIENT_OPTIONS,
  JSON_OPTIONS,
  PLUGIN_OPTIONS,
  REQUEST_OPTIONS,
} from '../../src/client/options/option-names';
import { CONTEXT_OPTIONS } from '../../src/plugins/attempt-headers';
import { BACKPRESSURE_OPTIONS } from '../../src/resilience/backpressure-options';
import { CIRCUIT_BREAKER_OPTIONS } from '../../src/resilience/circuit-options';
import { CONCURRENCY_OPTIONS } from '../../src/resilience/concurrency-options';
import { HEDGING_OPTIONS } from '../../src/resilience/hedging-options';
import { RATE_LIMIT_OPTIONS } from '../../src/resilience/rate-limit-options';
import { RETRY_BUDGET_OPTIONS } from '../../src/resilience/retry-budget-options';
import { RETRY_HOOKS } from '../../src/resilience/retry-hooks';
import { RETRY_OPTIONS } from '../../src/resilience/retry-options';
import { CONNECTION_OPTIONS } from '../../src/transports/connections';

const ROOT = resolve(__dirname, '../..');
const PAGES = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];
/** For those who work on the package, and those who decide whether to trust it. */
const PAPERS = ['CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'];
/** The files of the installed package. */
const { files: PACKED_FILES } = JSON.parse(read('package.json')) as { files: string[] };
const PLUGINS = readdirSync(join(ROOT, 'src/plugins'))
  .map((file) => basename(file, '.ts'))
  .filter((name) => name !== 'plugin');

function read(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8');
}

/** The page without its code blocks, in which nothing is a link or a heading. */
function prose(page: string): string {
  return read(page).replace(/^```[\s\S]*?^```$/gm, '');
}

describe('each plugin', () => {
  test.each(PLUGINS)('%s has a page', (name) => {
    expect(existsSync(join(ROOT, `docs/plugins/${name}.md`))).toBe(true);
  });

  test.each(PLUGINS)('%s has a test', (name) => {
    expect(existsSync(join(ROOT, `__tests__/plugins/${name}.test.ts`))).toBe(true);
  });

  test('is the subject of every page of docs/plugins', () => {
    const pages = readdirSync(join(ROOT, 'docs/plugins')).map((file) => basename(file, '.md'));

    expect(pages.sort()).toEqual([...PLUGINS].sort());
  });
});

test.each(readdirSync(join(ROOT, 'examples')).filter((name) => name.endsWith('.ts')))(
  'a page leads to examples/%s',
  (name) => {
    expect(PAGES.some((page) => prose(page).includes(`examples/${name})`))).toBe(true);
  },
);

test('docs/errors.md has a row for every code, and no other', () => {
  const table = /^## Codes$([\s\S]*?)^## /m.exec(read('docs/errors.md'))?.[1] ?? '';
  const rows = table.split('\n').filter((line) => line.startsWith('| `'));
  const documented = rows.map((row) => row.replaceAll('`', '').split('|').slice(1, -1));

  expect(documented.map((cells) => cells.map((cell) => cell.trim()))).toEqual(
    Object.entries(api.ERROR_CODES).map(([code, { type, retryable, meaning }]) => [
      code,
      type.name,
      retryable ? 'yes' : 'no',
      meaning,
    ]),
  );
});

test('docs/errors.md has a row for every reason for which no retry is made', () => {
  const unions = read('src/resilience/retry-policy.ts').matchAll(/type (?:Refusal|Late)Reason =([^;]*);/g);
  const reasons = [...unions].flatMap(([union]) => [...union.matchAll(/'([\w-]+)'/g)].map(([, reason = '']) => reason));
  // Given to a retry that is refused after its wait.
  const later = Object.entries(api.ERROR_CODES).filter(([, { type }]) => type === api.CallNotPermitted);
  const journal = read('docs/errors.md').split('## The journal')[1] ?? '';
  const all = [...reasons, ...later.map(([code]) => code.toLowerCase().replaceAll('_', '-'))];

  expect(all.length).toBeGreaterThan(12);
  expect(all.filter((reason) => !journal.includes(`| \`${reason}\``))).toEqual([]);
});

test.each(Object.keys(api))('the docs mention %s', (name) => {
  expect(PAGES.some((page) => new RegExp(`\\b${name}\\b`).test(read(page)))).toBe(true);
});

const of = (group: string, names: readonly string[]): string[] => names.map((name) => `${group}.${name}`);

test.each([
  ['docs/options.md', 'Of the client', CLIENT_OPTIONS],
  ['docs/options.md', 'Of the client', of('requestContext', CONTEXT_OPTIONS)],
  ['docs/options.md', 'Of the client', of('connections', CONNECTION_OPTIONS)],
  ['docs/options.md', 'Of the client', of('retry', RETRY_OPTIONS)],
  ['docs/options.md', 'Of the client', of('retry.budget', RETRY_BUDGET_OPTIONS)],
  ['docs/options.md', 'Of the client', of('backpressure', BACKPRESSURE_OPTIONS)],
  ['docs/options.md', 'Of the client', of('concurrency', CONCURRENCY_OPTIONS)],
  ['docs/options.md', 'Of the client', of('circuitBreaker', CIRCUIT_BREAKER_OPTIONS)],
  ['docs/options.md', 'Of the client', of('hedging', HEDGING_OPTIONS)],
  ['docs/options.md', 'Of the client', of('hedging.delay', ['quantile', 'minimumCalls'])],
  ['docs/options.md', 'Of the client', of('rateLimit', RATE_LIMIT_OPTIONS)],
  ['docs/options.md', 'Of a call', [...REQUEST_OPTIONS, ...JSON_OPTIONS, ...AXIOS_OPTIONS]],
  ['docs/options.md', 'Of a call', of('retry', RETRY_HOOKS)],
  ['docs/option-checks.md', 'Options of axios plugins', PLUGIN_OPTIONS],
  ['docs/transports.md', 'Every option of axios', AXIOS_OPTIONS],
])('%s, "%s", has a row for every option', (page, heading, options) => {
  const section =
    read(page)
      .split(/^## /m)
      .find((text) => text.startsWith(`${heading}\n`)) ?? '';
  const firstCells = section.split('\n').map((line) => /^\|([^|]*)\|/.exec(line)?.[1] ?? '');
  const documented = firstCells.flatMap((cell) => [...cell.matchAll(/`([\w.]+)`/g)].map(([, name = '']) => name));
  // `connections.maxIdle` documents `connections` too.
  const isThere = (name: string): boolean => documented.some((row) => row === name || row.startsWith(`${name}.`));

  expect(options.filter((name) => !isThere(name))).toEqual([]);
});

test.each([...PAGES, ...PAPERS])('every relative link of %s leads somewhere', (page) => {
  expect(linksOf(page).filter((link) => !leadsSomewhere(page, link))).toEqual([]);
});

test.each([
  ['docs/README.md', 'docs/'],
  ['docs/decisions/README.md', 'docs/decisions/'],
])('%s leads to every page of %s', (index, folder) => {
  const linked = new Set(linksOf(index).map((link) => join(dirname(index), link)));
  const pages = PAGES.filter((page) => page.startsWith(folder) && page !== index);

  expect(pages.length).toBeGreaterThan(5);
  expect(pages.filter((page) => !linked.has(page))).toEqual([]);
});

test.each([...PAGES, ...PAPERS])('the links of %s that show a file name lead to a file of that name', (page) => {
  const links = [...prose(page).matchAll(/\[`([\w./-]+\.(?:ts|mjs|cjs|json))`\]\(([^()\s#]+)/g)];
  const wrong = links.filter(([, shown = '', link = '']) => !`/${join(dirname(page), link)}`.endsWith(`/${shown}`));

  expect(wrong.map(([text]) => text)).toEqual([]);
});

test.each([...PAGES, ...PAPERS])('%s links to files only that the package has', (page) => {
  const targets = linksOf(page).map((link) => join(dirname(page), link.replace(/#.*/, '')));

  expect(targets.filter((target) => target !== dirname(page) && !isPacked(target))).toEqual([]);
});

test.each([...PAGES, ...PAPERS])('every source file that %s names is there', (page) => {
  const named = [...prose(page).matchAll(/`((?:src|scripts|__tests__)\/[\w./-]+)`/g)].map(([, path = '']) => path);

  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

test('docs/architecture.md says where to look for each behaviour', () => {
  const [, section = ''] = read('docs/architecture.md').split('Where to look for a behaviour:');
  const behaviours = [...section.matchAll(/^\| (\w[\w ]*?) +\| `src\//gm)].map(([, name]) => name);

  expect(behaviours).toEqual([
    ...['timeout', 'deadline', 'retry', 'redirects', 'size limit', 'tokens', 'cancellation', 'context', 'events'],
  ]);
});

test('README.md leads to the index of the docs and to the papers', () => {
  expect(linksOf('README.md')).toEqual(expect.arrayContaining(['docs/README.md', ...PAPERS]));
});

test('every path that CONTRIBUTING.md names is there', () => {
  const named = [
    ...read('CONTRIBUTING.md').matchAll(
      /`((?:src|docs|examples|scripts|bench|storm|fleet|__tests__|\.\w+)\/[\w./-]*)`/g,
    ),
  ];
  const paths = named.map(([, path = '']) => path);

  expect(paths.length).toBeGreaterThan(10);
  expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

/** npm packs README, LICENSE and package.json in any case. Pictures of the inspector stay out, but are no links. */
function isPacked(file: string): boolean {
  const isIn = (pattern: string): boolean => file === pattern || file.startsWith(`${pattern}/`);
  return [...PACKED_FILES, 'README.md', 'LICENSE', 'package.json'].some(isIn);
}

/** The links of a page to files of the repository. */
function linksOf(page: string): string[] {
  const links = [...prose(page).matchAll(/\]\(([^()\s]+)\)/g)].map(([, link = '']) => link);
  return links.filter((link) => !/^[a-z]+:/.test(link));
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : relative(ROOT, resolve(ROOT, dirname(page), path));
  if (!existsSync(join(ROOT, target))) return false;
  return anchor === undefined || anchorsOf(target).includes(anchor);
}

/** The anchors that headings get on the usual forges, and those of headings that were renamed. */
function anchorsOf(page: string): string[] {
  const headings = [...prose(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  const former = [...prose(page).matchAll(/^<a id="([\w-]+)"><\/a>$/gm)].map(([, id = '']) => id);
  const current = headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return [...current, ...former];
}
