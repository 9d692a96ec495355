/** Pacing: the service says in its `RateLimit` headers how much is left, and calls are spread over the time until the reset. */
import assert from 'node:assert/strict';
import { HTTPClient } from '@hdms/http-client';
import { example } from './support/example';
import { startService, type Service } from './support/service';

/** Takes 5 requests a second, and says so. */
async function startLimitedService(): Promise<Service> {
  let resetAt = 0;
  let left = 5;
  return startService(() => {
    const now = performance.now();
    if (now >= resetAt) [resetAt, left] = [now + 1000, 5];
    const isRefused = left === 0;
    if (!isRefused) left--;
    const headers = { 'RateLimit-Policy': '"default";q=5;w=1', RateLimit: `"default";r=${left};t=1` };
    return isRefused ? { status: 429, headers: { ...headers, 'Retry-After': '1' } } : { status: 200, headers };
  });
}

/** A call each 100 ms: twice as many as the service takes. @returns how many responses were 429 */
async function callTenTimes(client: HTTPClient): Promise<number> {
  const { url } = await startLimitedService();
  const calls: Promise<readonly unknown[]>[] = [];
  for (let number = 0; number < 10; number++) {
    calls.push(client.get(url).then(({ config }) => config.call?.attempts.map(({ outcome }) => outcome) ?? []));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return (await Promise.all(calls)).flat().filter((outcome) => outcome === 429).length;
}

example(async () => {
  const paced = new HTTPClient({ backpressure: { rateLimit: true } });
  const careless = new HTTPClient({ backpressure: false });

  const [few, many] = await Promise.all([callTenTimes(paced), callTenTimes(careless)]);
  console.log(`10 calls: ${few} refused with pacing, ${many} without`);
  assert.ok(few < many);

  paced.close();
  careless.close();
});
