import type { MetricData } from '@opentelemetry/sdk-metrics';
import { publishBreaker, publishBudget, publishToken } from '../../src/events/publish';
import { HTTPClient } from '../../src/index';
import { collectMetrics } from './collected-metrics';
import { service } from './service';

/** Every metric, with every attribute that loopback calls have. */
export async function recordAll(): Promise<readonly MetricData[]> {
  const collected = collectMetrics();
  const api = await service([{ status: 503 }, { status: 404 }]);
  const client = new HTTPClient({ name: 'users', retry: { base: 0.001 }, deadline: 5 });
  await client.get(api.url).catch(() => undefined);
  publishToken({ source: 'tokenService', event: 'fetched', elapsed: 0.1, expiresIn: 300 });
  publishToken({
    source: 'tokenService',
    event: 'failed',
    elapsed: 0.1,
    expiresIn: 5,
    error: { code: 'TIMEOUT' } as never,
  });
  const origin = 'http://users:8000';
  publishBreaker({ origin, from: 'closed', to: 'open', reason: 'failures', client: 'users', clientId: 1 });
  publishBudget({ origin, client: 'users', clientId: 1, kind: 'retry', price: 1, left: 3, refused: false });
  const all = await collected.all();
  client.close();
  return all;
}
