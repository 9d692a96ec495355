import { checkNames } from '../../src/checks/names';

// prettier-ignore

describe('unknown names', () => {
  test.each([
    ['timeuot', 'timeout'],
    ['TIMEOUT', 'timeout'],
    ['retryattempts', 'retryAttempts'],
  ])('%s is taken for %s, also where others are let through', (name, meant) => {
    expect(() => {
      checkNames('option', { [name]: 1 }, new Set(['timeout', 'retryAttempts']), true);
    }).toThrow(`Unknown option \`${name}\`. Did you mean \`${meant}\`?`);
  });

  test('one that is far from all is let through only where that is wanted', () => {
    expect(() => {
      checkNames('option', { cache: 1 }, new Set(['timeout']), true);
    }).not.toThrow();
    expect(() => {
      checkNames('option', { cache: 1 }, new Set(['timeout']), false);
    }).toThrow(new TypeError('Unknown option `cache`. Known: `timeout`.'));
  });
});
