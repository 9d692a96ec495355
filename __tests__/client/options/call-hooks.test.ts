import { HTTPClient } from '../../../src/index';

test.each([
  [3, 'Option `retry` of a call must be an object, got 3: `retryAttempts` sets the number of retries'],
  [{ base: 1 }, 'Option `retry` of a call takes `when` and `onRetry` only: `base` belongs to the client'],
  [{ limit: 1 }, 'Unknown `retry` option of a call `limit`: use `retryAttempts`, beside `retry`'],
  [{ ever: true }, 'Unknown `retry` option of a call `ever`. Known: `when`, `onRetry`.'],
  [{ shouldRetry: true }, 'Unknown `retry` option of a call `shouldRetry`: use `when`'],
  [{ when: true }, 'Option `retry.when` must be a function, got true'],
])('%j as the hooks of a call is refused', async (retry, message) => {
  await expect(new HTTPClient().get('http://a/', { retry: retry as never })).rejects.toThrow(message);
});
