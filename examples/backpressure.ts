/** Backpressure: one response with `Retry-After` holds back all calls that would get the same. On by default. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { HTTPClient, isCallNotPermitted, isHTTPError } from '@hdms/http-client';
import { example } from './support/example';
import { startService, type Service } from './support/service';

/** A service that asks for a pause of a second when it gets its first request. */
async function startBusyService(): Promise<Service> {
  let busyUntil: number | undefined;
  return startService(() => {
    busyUntil ??= performance.now() + 950;
    return performance.now() < busyUntil ? { status: 429, headers: { 'Retry-After': '1' } } : { status: 200 };
  });
}

/** One call, and 20 more while the service is busy. */
async function callAll(client: HTTPClient, url: string): Promise<void> {
  const first = client.get(url);
  await sleep(100);
  await Promise.all([first, ...Array.from({ length: 20 }, async () => client.get(url))]);
}

example(async () => {
  const client = new HTTPClient();
  const careless = new HTTPClient({ backpressure: false });
  const [one, two] = [await startBusyService(), await startBusyService()];

  await Promise.all([callAll(client, one.url), callAll(careless, two.url)]);
  console.log(`21 calls: ${one.requests.length} requests; with backpressure: false ${two.requests.length} requests`);
  assert.equal(one.requests.length, 22);
  assert.equal(two.requests.length, 42);

  // A pause longer than `retry.maxRetryAfter` (30 s): the first call learns of it, the others fail at once.
  const maintenance = await startService([{ status: 429, headers: { 'Retry-After': '3600' } }]);
  await assert.rejects(client.get(maintenance.url), (error) => isHTTPError(error) && error.status === 429);
  await assert.rejects(client.get(maintenance.url), (error) => {
    if (!isCallNotPermitted(error)) return false;
    console.log(`${error.code}: the next call may pass in ${Math.round(error.retryAfter ?? 0)} s`);
    return error.code === 'ORIGIN_CLOSED' && error.sent === 'no';
  });
  assert.equal(maintenance.requests.length, 1);

  client.close();
  careless.close();
});
