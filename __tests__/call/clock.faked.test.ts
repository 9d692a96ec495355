import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { HTTPClient } from '../../src/index';
import { expectNoTimerLeft, timers } from '../support/outcome';
import { service } from '../support/service';

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

test('a call leaves no timer, neither one that a fake clock counts nor one that keeps the process alive', async () => {
  const api = await service();
  const before = timers();
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  const client = new HTTPClient({ timeout: 30 });
  await client.get(api.url);
  client.close();

  const counted = jest.getTimerCount();
  jest.useRealTimers();

  expect(counted).toBe(0);
  await expectNoTimerLeft(before);
});
