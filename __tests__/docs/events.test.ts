import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { AttemptView } from '../../src/events/attempt-view';
import { CallView } from '../../src/events/call-view';
import * as channels from '../../src/events/channels';
import { ErrorView, ResponseView } from '../../src/events/outcome-views';
import { RequestView } from '../../src/events/request-view';

const ROOT = resolve(__dirname, '../..');
const PAGE = readFileSync(join(ROOT, 'docs/events.md'), 'utf8');

/** The names in the first cells of the tables under a heading. */
function documented(heading: string): string[] {
  const section = PAGE.split(/^###? /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  const cells = [...section.matchAll(/^\|([^|]*)\|/gm)].map(([, cell = '']) => cell);
  return cells.flatMap((cell) => [...cell.matchAll(/`([\w:]+)`/g)].map(([, name = '']) => name));
}

/** The fields of the interfaces of a file, by the name of the interface, inherited ones included. */
function fieldsIn(file: string): ReadonlyMap<string, readonly string[]> {
  const source = ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest);
  const interfaces = source.statements.filter(ts.isInterfaceDeclaration);
  const fieldsOf = ({ members, heritageClauses }: ts.InterfaceDeclaration): string[] => {
    const bases = (heritageClauses ?? []).flatMap(({ types }) => types.map(({ expression }) => expression));
    const inherited = interfaces.filter(({ name }) =>
      bases.some((base) => ts.isIdentifier(base) && base.text === name.text),
    );
    const own = [...members].flatMap(({ name }) => (name && ts.isIdentifier(name) ? name.text : []));
    return [...inherited.flatMap(fieldsOf), ...own];
  };
  return new Map(interfaces.map((one) => [one.name.text, fieldsOf(one)]));
}

const MESSAGES = fieldsIn('src/events/messages.ts');
const REQUESTS = fieldsIn('src/events/request-facts.ts');

test('each public channel has a row, with its handler', () => {
  const { requestDone, ...documented } = channels;
  const named = Object.entries(documented).map(([key, { name }]) => {
    return [key.replace(/Event$/, ''), String(name).replace('@hdms/http-client:', '')];
  });
  const rows = [...PAGE.matchAll(/^\| `(\w+)` +\| `([\w:]+)` +\| [a-z]/gm)].map(([, handler, channel]) => [
    handler,
    channel,
  ]);

  expect(rows.sort()).toEqual(named.sort());
  expect(PAGE).not.toContain(String(requestDone.name));
});

test.each([
  ['call:start', MESSAGES.get('CallStart')],
  ['attempt:start and attempt:end', MESSAGES.get('AttemptStart')],
  ['request:start', MESSAGES.get('RequestStart')],
  ['request:headers', MESSAGES.get('RequestHeaders')],
  ['request:end', MESSAGES.get('RequestEnd')],
  ['call:end', MESSAGES.get('CallEnd')],
  ['token', MESSAGES.get('TokenEvent')],
  ['breaker', MESSAGES.get('BreakerEvent')],
  ['budget', MESSAGES.get('BudgetEvent')],
  ['Timings', REQUESTS.get('RequestTimings')],
  ['Connection', REQUESTS.get('ConnectionFacts')],
])('"%s" has a row for every field', (heading, fields = []) => {
  expect(fields.length).toBeGreaterThan(0);
  const rows = documented(heading);

  expect(fields.filter((field) => !rows.includes(field))).toEqual([]);
});

test.each([
  ['Call', CallView],
  ['Attempt', AttemptView],
  ['Request', RequestView],
  ['Response', ResponseView],
  ['Error', ErrorView],
])('"%s" has a row for every field of the view', (heading, { prototype }) => {
  const names = Object.getOwnPropertyNames(prototype);
  const getters = names.filter((name) => Object.hasOwn(Object.getOwnPropertyDescriptor(prototype, name) ?? {}, 'get'));
  const rows = documented(heading);

  expect(getters.length).toBeGreaterThan(1);
  expect(getters.filter((name) => !rows.includes(name))).toEqual([]);
});
