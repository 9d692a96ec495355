import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AXIOS_OPTIONS,
  CLIENT_OPTIONS,
  JSON_OPTIONS,
  PLUGIN_OPTIONS,
  REQUEST_OPTIONS,
} from '../../../src/client/options/option-names';

test.each([AXIOS_OPTIONS, CLIENT_OPTIONS, REQUEST_OPTIONS, JSON_OPTIONS, PLUGIN_OPTIONS])(
  'case %#: no name is listed twice',
  (...names) => {
    expect(names.length).toBeGreaterThan(0);
    expect(new Set(names).size).toBe(names.length);
  },
);

test('a name of ours is not one that axios understands in its own way', () => {
  const ours = new Set<string>([...CLIENT_OPTIONS, ...REQUEST_OPTIONS, ...JSON_OPTIONS]);

  expect(AXIOS_OPTIONS.filter((name) => ours.has(name))).toEqual([]);
});

test('every option of the installed axios has a place', () => {
  const types = readFileSync(join(require.resolve('axios/package.json'), '../index.d.ts'), 'utf8');
  const [, body = ''] = /^export interface AxiosRequestConfig<.*?> \{\n(.*?)^\}/ms.exec(types) ?? [];
  const names = [...body.matchAll(/^ {2}(\w+)\??:/gm)].map(([, name = '']) => name);
  const known = new Set<string>([...AXIOS_OPTIONS, ...CLIENT_OPTIONS, ...REQUEST_OPTIONS, 'url', 'method']);

  expect(names.length).toBeGreaterThan(40);
  expect(names.filter((name) => !known.has(name))).toEqual([]);
});

test('no option of a plugin is one of ours or of axios', () => {
  const others = new Set<string>([...AXIOS_OPTIONS, ...CLIENT_OPTIONS, ...REQUEST_OPTIONS, ...JSON_OPTIONS]);

  expect(PLUGIN_OPTIONS.filter((name) => others.has(name))).toEqual([]);
});
