/** Hedging: where a response takes unusually long, a second attempt is made beside the first, and the faster one counts. */
import assert from 'node:assert/strict';
import { HTTPClient, type HTTPResponse } from '@hdms/http-client';
import { example } from './support/example';
import { startService } from './support/service';

function quantile(calls: readonly HTTPResponse[], share: number): string {
  const times = calls.map(({ elapsed }) => elapsed).sort((a, b) => a - b);
  return `${Math.round((times[Math.floor(times.length * share)] ?? 0) * 1000)} ms`;
}

example(async () => {
  let count = 0;
  // One response in 20 takes 300 ms.
  const service = await startService(() => ({ delay: ++count % 20 === 0 ? 0.3 : 0.002 }));
  const plain = new HTTPClient();
  // A constant, so that the example is the same each time. `delay: {}` follows the 95th percentile of the responses.
  const hedged = new HTTPClient({ hedging: { delay: 0.03 } });

  for (const [name, client] of Object.entries({ plain, hedged })) {
    service.requests.length = 0;
    const calls: HTTPResponse[] = [];
    for (let number = 0; number < 60; number++) calls.push(await client.get(service.url));
    const [p50, p99] = [quantile(calls, 0.5), quantile(calls, 0.99)];
    console.log(`${name.padEnd(6)} p50 ${p50}, p99 ${p99}, ${service.requests.length} requests for 60 calls`);
    const slow = calls.find(({ config }) => (config.call?.attempts.length ?? 0) > 1);
    for (const { outcome, hedge } of slow?.config.call?.attempts ?? []) {
      console.log(`  ${hedge ? 'hedge' : 'first'}: ${outcome ?? ''}`);
    }
    if (client === plain) continue;
    assert.ok(calls.every(({ elapsed }) => elapsed < 0.25));
    assert.deepEqual(
      slow?.config.call?.attempts.map(({ outcome }) => outcome),
      ['lost', 200],
    );
  }

  plain.close();
  hedged.close();
});
