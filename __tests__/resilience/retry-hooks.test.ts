import type { RequestException } from '../../src/index';
import { askWhen, checkHooks, tellOfRetry, type RetryNotice } from '../../src/resilience/retry-hooks';

const ERROR = new Error('failed') as RequestException;
const STATE = { attempt: 1, retriesLeft: 3, remaining: Infinity, planned: true };
const NOTICE: RetryNotice = { error: ERROR, attempt: 1, wait: 0.5, call: {} as never };

let warnings: string[];

beforeEach(() => {
  warnings = [];
  jest.spyOn(process, 'emitWarning').mockImplementation((warning) => void warnings.push(String(warning)));
});

afterEach(() => {
  jest.restoreAllMocks();
});

test.each([true, false, undefined])('what `when` answers counts: %s', (answer) => {
  const when = jest.fn(() => answer);

  expect(askWhen({ when }, ERROR, STATE)).toBe(answer);
  expect(when).toHaveBeenCalledWith(ERROR, STATE);
  expect(warnings).toEqual([]);
});

test('without hooks nothing happens', () => {
  expect(askWhen({}, ERROR, STATE)).toBeUndefined();
  tellOfRetry({}, NOTICE);
  expect(warnings).toEqual([]);
});

test('a `when` that throws, or answers with something else, has no say, and a warning tells of it', async () => {
  const hooks = [
    () => {
      throw new Error('broken');
    },
    () => 'yes',
    async () => Promise.reject(new Error('late')),
  ];

  for (const when of hooks) expect(askWhen({ when: when as never }, ERROR, STATE)).toBeUndefined();
  await new Promise(setImmediate);

  expect(warnings).toEqual([
    'retry.when failed: Error: broken',
    'retry.when failed: TypeError: it must return true, false or undefined, got a string',
    'retry.when failed: TypeError: it must return true, false or undefined, got an instance of Promise',
    'retry.when failed: Error: late',
  ]);
});

test('an `onRetry` that throws or rejects changes nothing, and a warning tells of it', async () => {
  tellOfRetry({ onRetry: () => Promise.reject(new Error('late')) }, NOTICE);
  tellOfRetry(
    {
      onRetry: () => {
        throw new Error('broken');
      },
    },
    NOTICE,
  );
  await new Promise(setImmediate);

  expect(warnings).toEqual(['retry.onRetry failed: Error: broken', 'retry.onRetry failed: Error: late']);
});

test.each(['when', 'onRetry'])('a `%s` that is not a function is refused by name', (name) => {
  expect(() => {
    checkHooks({ [name]: true });
  }).toThrow(`Option \`retry.${name}\` must be a function, got true`);
});
