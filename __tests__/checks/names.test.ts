import { checkNames, checkOptions } from '../../src/checks/names';

const KNOWN = new Set(['timeout', 'retryAttempts']);

function check(name: string, advice: ((name: string) => string | undefined) | false = false): () => void {
  return () => {
    checkNames('option', { [name]: 1 }, KNOWN, advice);
  };
}

test.each([
  ['timeuot', 'timeout'],
  ['TIMEOUT', 'timeout'],
  ['retryattempts', 'retryAttempts'],
  ['retry_attempts', 'retryAttempts'],
])('%s is taken for %s', (name, meant) => {
  expect(check(name)).toThrow(new TypeError(`Unknown option \`${name}\`. Did you mean \`${meant}\`?`));
});

test('the known names are listed where none is near', () => {
  expect(check('cache')).toThrow(new TypeError('Unknown option `cache`. Known: `timeout`, `retryAttempts`.'));
});

test('a list of many names is left out', () => {
  const many = new Set(Array.from({ length: 11 }, (_, index) => `option${index}`));

  expect(() => {
    checkNames('option', { cache: 1 }, many, false);
  }).toThrow(new TypeError('Unknown option `cache`'));
});

test('advice comes before a near name', () => {
  const advice = (name: string): string | undefined => (name === 'timeouts' ? 'use `timeout`' : undefined);

  expect(check('timeouts', advice)).toThrow(new TypeError('Unknown option `timeouts`: use `timeout`'));
  expect(check('timeuot', advice)).toThrow('Did you mean `timeout`?');
});

test('a known name is accepted', () => {
  expect(check('timeout')).not.toThrow();
});

test.each([
  ['s3cret', 'a string'],
  [['s3cret'], 'a list'],
  [null, 'null'],
  [7, '7'],
  [() => 's3cret', 'a function'],
])('options that are %p are refused without an echo', (options, got) => {
  expect(() => {
    checkOptions(options);
  }).toThrow(new TypeError(`Options must be an object, got ${got}`));
});
