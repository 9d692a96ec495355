import { HTTPClient, type HTTPClientOptions } from '../../../src/index';

/** As from JavaScript. */
const options = (given: object): HTTPClientOptions => given;

function failureOf(given: object): Error {
  try {
    new HTTPClient(options(given));
  } catch (error) {
    return error as Error;
  }
  throw new Error('Accepted');
}

test.each([
  [{ timeout: 5000 }, 'RangeError: users: option `timeout` must be in seconds, above 0 and at most 600, got 5000'],
  [{ retryAttempt: 1 }, 'TypeError: users: unknown option `retryAttempt`. Did you mean `retryAttempts`?'],
  [{ circuitBreaker: { probes: 0 } }, 'RangeError: users: option `circuitBreaker.probes` must be an integer'],
  [{ baseURL: '/users' }, 'TypeError: users: option `baseURL` must be an absolute'],
])('an error about options begins with the name of the client: %j', (given, expected) => {
  const failure = failureOf({ name: 'users', ...given });

  expect(String(failure)).toContain(expected);
  expect(failure.stack).toContain(expected);
  expect(failure.stack?.split('\n')[1]).toContain('config.name.test.ts');
});

test('without a name, or with an invalid one, it begins with the option', () => {
  expect(failureOf({ timeout: 5000 }).message).toMatch(/^Option `timeout`/);
  expect(failureOf({ name: '', timeout: 5000 }).message).toMatch(/^Option `/);
  expect(failureOf({ name: 7 }).message).toMatch(/^Option `name` must be a non-empty string/);
});

test('what a getter of the application throws stays as it is', () => {
  const mistake = new Error('No settings');
  const given = {
    name: 'users',
    get timeout(): number {
      throw mistake;
    },
  };

  expect(failureOf(given)).toBe(mistake);
  expect(mistake.message).toBe('No settings');
});
