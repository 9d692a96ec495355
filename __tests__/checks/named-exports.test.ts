import { namedExports } from '../../src/checks/named-exports';
import type * as entry from '../../src/checks/named-exports';

/** The exports of the package, as JavaScript may take them. */
const exported = jest.requireActual<object>('../../src/index') as {
  new (): object;
  (): unknown;
  create(): unknown;
  get(url: string): unknown;
  readonly default: { new (): unknown; (): unknown };
  readonly HTTPClient: new (options: object) => { close(): void };
};

const MESSAGE =
  "@hdms/http-client has no default export: use `import { HTTPClient } from '@hdms/http-client'`, " +
  "or `const { HTTPClient } = require('@hdms/http-client')`";

describe('the exports of the package, taken for its client', () => {
  test.each<[string, () => unknown]>([
    ['new (require(…))()', () => new exported()],
    ['require(…)()', () => exported()],
    ['require(…).create()', () => exported.create()],
    ['require(…).get(url)', () => exported.get('http://users')],
    ['new (require(…).default)()', () => new exported.default()],
    ['class … extends (require(…))', () => new (class Users extends exported {})()],
  ])('%s', (_, take) => {
    expect(take).toThrow(new TypeError(MESSAGE));
  });

  test('by name they are what they are', () => {
    const { HTTPClient } = exported;

    new HTTPClient({ token: null }).close();
    expect(Object.keys(exported)).toContain('HTTPClient');
    expect(Object.keys(exported)).not.toContain('default');
    expect({ ...exported }).toHaveProperty('HTTPClient', HTTPClient);
  });

  test('what looks for a default export finds all names there', () => {
    expect(exported.default).toHaveProperty('HTTPClient', exported.HTTPClient);
  });
});

test.each([
  ['transports/undici', 'undici', 'undici'],
  ['testing/index', 'testing', 'mockClient'],
  ['express/index', 'express', 'requestContext'],
  ['nestjs/index', 'nestjs', 'HTTPClientModule'],
])('%s says the same of itself', (file, subpath, example) => {
  const exports = jest.requireActual<Record<string, unknown> & (() => unknown)>(`../../src/${file}`);

  expect(() => exports()).toThrow(`import { ${example} } from '@hdms/http-client/${subpath}'`);
  expect(exports).toHaveProperty(example);
});

test('an export is looked up when it is read, as TypeScript has it', () => {
  let version = 1;
  const exports = Object.defineProperty({}, 'version', { enumerable: true, get: () => version });

  const named = namedExports(exports, 'a-module', 'version') as { version: number };
  version = 2;

  expect(named.version).toBe(2);
});

test('an export keeps its name, whatever it is', () => {
  expect(namedExports({ get: 1 }, 'a-module', 'get')).toHaveProperty('get', 1);
});

test('in a bundle, whose frames are all in one file, functions are exported as they are', () => {
  const make = (): number => 1;
  const bundled = (): object => {
    const loaded = jest.requireActual<typeof entry>('../../src/checks/named-exports');
    return loaded.namedExports({ make }, 'a-module', 'make');
  };

  expect(Reflect.get(bundled(), 'make')).not.toBe(make);
  jest.isolateModules(() => {
    jest.doMock('../../src/stack/own-folder', () => ({ OWN_FOLDER: '' }));
    expect(Reflect.get(bundled(), 'make')).toBe(make);
  });
  jest.dontMock('../../src/stack/own-folder');
});

test('every export can be replaced in tests, as by `jest.spyOn`', () => {
  const replaceable = Object.values(Object.getOwnPropertyDescriptors(exported)).filter((one) => one.enumerable);

  expect(replaceable.length).toBeGreaterThan(20);
  expect(replaceable.filter((one) => !one.configurable)).toEqual([]);
});
