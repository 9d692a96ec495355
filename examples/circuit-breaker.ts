/** The circuit breaker: calls to a service that is down fail at once, until a probe finds that it is back. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { HTTPClient, isCallNotPermitted, isHTTPError } from '@hdms/http-client';
import { example } from './support/example';
import { startService } from './support/service';

example(async () => {
  let isDown = true;
  const service = await startService(() => ({ status: isDown ? 500 : 200 }));
  // Opens when 60 % of the last 10 s failed, 20 attempts at least. Here after 5 attempts, and for 0.2 s, to be short.
  const client = new HTTPClient({ retryAttempts: 0, circuitBreaker: { minimumCalls: 5, openFor: 0.2 } });

  for (let number = 0; number < 5; number++) await assert.rejects(client.get(service.url), isHTTPError);
  await assert.rejects(client.get(service.url), (error) => {
    if (!isCallNotPermitted(error)) return false;
    console.log(`${error.code} after ${service.requests.length} requests: ${error.message}`);
    return error.code === 'CIRCUIT_OPEN' && error.sent === 'no';
  });
  assert.equal(service.requests.length, 5);

  // A call that must go out anyway, such as a check of an operator.
  await assert.rejects(client.get(service.url, { circuitBreaker: false }), isHTTPError);

  isDown = false;
  await sleep(250);
  const probe = await client.get(service.url);
  const next = await client.get(service.url);
  console.log(`the service is back: ${probe.status} for the probe, ${next.status} for the next call`);
  assert.equal(service.requests.length, 8);

  client.close();
});
