import { checkFunction, checkOneGiven, wrongNumber, wrongOption } from '../../src/checks/wrong-option';

test('a message names the option, what it must be, what came, and what to write instead', () => {
  expect(wrongOption('retry', 'be an object', 'a list')).toEqual(
    new TypeError('Option `retry` must be an object, got a list'),
  );
  expect(wrongOption('bodies', 'be false', 'true', 'bodies are never recorded').message).toBe(
    'Option `bodies` must be false, got true: bodies are never recorded',
  );
});

test.each([
  [61, RangeError, '61'],
  ['60s', TypeError, "'60s'"],
  ['a-secret-of-somebody', TypeError, 'a string'],
  [undefined, TypeError, 'undefined'],
])('of %p, which is no number from 0 to 60', (value, type, got) => {
  const error = wrongNumber('margin', 'be a number from 0 to 60', value);

  expect(error).toBeInstanceOf(type);
  expect(error.message).toBe(`Option \`margin\` must be a number from 0 to 60, got ${got}`);
});

test('what is no function is told by its kind', () => {
  expect(() => {
    checkFunction('when', () => true);
  }).not.toThrow();
  expect(() => {
    checkFunction('when', 'a-secret');
  }).toThrow(new TypeError('Option `when` must be a function, got a string'));
});

test('of options of which one is needed, the names of those that are given are told', () => {
  const check = (secret?: string, privateKey?: string) => (): void => {
    checkOneGiven('signedJwt', { secret, privateKey });
  };

  expect(check('s')).not.toThrow();
  expect(check()).toThrow(new TypeError('signedJwt takes exactly one of `secret` and `privateKey`, got none'));
  expect(check('s', 'k')).toThrow(/, got `secret` and `privateKey`$/);
});
