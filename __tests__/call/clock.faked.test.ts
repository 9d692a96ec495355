import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { HTTPClient } from '../../src/index';

test('a fake clock that is advanced by the timeout ends the attempt, with `setImmediate` faked too', async () => {
  const server = createServer(() => undefined).listen(0);
  await once(server, 'listening');
  jest.useFakeTimers();
  const client = new HTTPClient({ timeout: 5, retryAttempts: 0 });
  const call = client.get(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  // The clock begins with the attempt.
  const outcome = expect(call).rejects.toMatchObject({ code: 'TIMEOUT' });
  for (let turns = 0; turns < 10; turns++) await turn();

  jest.advanceTimersByTime(5000);

  await outcome;
  jest.useRealTimers();
  client.close();
  server.closeAllConnections();
  server.close();
});
