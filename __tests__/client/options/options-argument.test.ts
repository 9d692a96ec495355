import { checkClientOptions } from '../../../src/client/options/options-argument';
import { createClient, HTTPClient, type HTTPClientOptions } from '../../../src/index';

const none = (): HTTPClientOptions => ({});

test.each<[unknown, string]>([
  ['http://users', 'a string: the URL goes into { baseURL: … }'],
  [[], 'a list'],
  [[{ timeout: 2 }], 'a list'],
  [none, 'a function: pass what it returns'],
  [async () => Promise.resolve({}), 'a function: pass what it returns'],
  [class Settings { readonly timeout = 2; }, 'a function: pass an instance of it'],
  [Promise.resolve({}), 'an instance of Promise: await it first'],
  [new Date(), 'an instance of Date'],
  [Buffer.from('x'), 'an instance of Buffer'],
  [new String('x'), 'an instance of String'],
  [Object.assign(new Error('x'), { timeout: 2 }), 'an instance of Error'],
  [new (class ConfigService { readonly internal = {}; })(), 'an instance of ConfigService'],
  [null, 'null'],
])('%p is no object of options', (given, got) => {
  const expected = new TypeError(`Options must be an object, got ${got}`);

  expect(() => new HTTPClient(given as HTTPClientOptions)).toThrow(expected);
  expect(() => createClient(given as HTTPClientOptions)).toThrow(expected);
}); // prettier-ignore

test('an instance with an option, as a field or a getter, or with a misspelt one, is looked at closer', () => {
  class Getters {
    get baseURL(): string {
      return String(new URL('http://users'));
    }
  }
  class Misspelt {
    readonly timeuot = 2;
  }

  expect(() => {
    checkClientOptions(new Getters());
  }).not.toThrow();
  expect(() => new HTTPClient(new Misspelt() as HTTPClientOptions)).toThrow(
    'Unknown option `timeuot`. Did you mean `timeout`?',
  );
});

describe('a second argument would be ignored', () => {
  const create = createClient as (...given: unknown[]) => HTTPClient;
  const Client = HTTPClient as unknown as new (...given: unknown[]) => HTTPClient;
  const tooMany = new TypeError(
    'Too many arguments: all options of a client go into one object, as in { ...options, ...others }',
  );

  test.each<[unknown[]]>([[[{}, { timeout: 2 }]], [[undefined, { timeout: 2 }]], [[{}, 'http://users']]])('%j', (given) => {
    expect(() => new Client(...given)).toThrow(tooMany);
    expect(() => create(...given)).toThrow(tooMany);
  }); // prettier-ignore

  test('what is wrong with the first is said first', () => {
    expect(() => new Client('http://users', {})).toThrow('the URL goes into { baseURL: … }');
  });

  test('unless it is undefined, or the index of a list', () => {
    expect(() => new Client({}, undefined)).not.toThrow();
    expect([{ timeout: 2 }, { timeout: 3 }].map(createClient)).toHaveLength(2);
  });
});
