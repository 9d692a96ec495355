import { HTTPClient } from '../../src/index';
import { failure } from '../support/outcome';

test('another adapter has the clock of the client', async () => {
  const client = new HTTPClient({ timeout: 0.02, retryAttempts: 1, retry: { base: 0.001 } });
  const signals: unknown[] = [];
  client.axios.defaults.adapter = async ({ signal }) => {
    signals.push(signal);
    return new Promise(() => undefined);
  };

  const error = await failure(client.get('http://user-service'));

  expect(error).toMatchObject({ code: 'TIMEOUT', retries: 1 });
  expect(signals).toMatchObject([{ aborted: true }, { aborted: true }]);
});
