/** One line for each call that fails or needs retries, and one that counts those that are too many. */
import assert from 'node:assert/strict';
import pino from 'pino';
import { HTTPClient, contextFrom, runInContext } from '@hdms/http-client';
import { logCalls } from '@hdms/http-client/logging';
import { example } from './support/example';
import { startService } from './support/service';

example(async () => {
  const users = await startService([{ status: 503 }, { delay: 5 }, { status: 200 }]);
  const down = await startService([{ status: 503 }]);
  const client = new HTTPClient({ name: 'users', timeout: 0.1, retry: { base: 0.02 }, token: 'a-secret' });
  const lines: { level: string; fields: Readonly<Record<string, unknown>>; message: string }[] = [];
  const stops = [
    logCalls(logCalls.console(), { perSecond: 2 }),
    // JSON, and every hundredth success too.
    logCalls(logCalls.pino(pino({ level: 'debug' })), {
      successes: 0.01,
      perSecond: 2,
      fields: () => ({ team: 'orders' }),
    }),
    logCalls((level, fields, message) => lines.push({ level, fields, message }), { perSecond: 10 }),
  ];

  // A success after two retries, made for an inbound request.
  await runInContext(contextFrom({ 'x-request-id': 'edge-1' }), () => client.get(`${users.url}/users/7`));
  assert.equal(lines[0]?.level, 'info');
  assert.match(String(lines[0].fields['attempts']), /^503 \d+ms, \+0\.\d+s, TIMEOUT \d+ms, \+0\.\d+s, 200 \d+ms$/);
  assert.equal(lines[0].fields['request_id'], 'edge-1');

  // A hundred failures: ten lines, and one for the others.
  for (let call = 0; call < 100; call++) {
    await client.get(`${down.url}/users/7?api_key=42`, { retryAttempts: 0 }).catch(() => undefined);
  }
  for (const stop of stops) stop();
  const counted = lines.slice(1).map(({ fields }) => Number(fields['suppressed'] ?? 1));
  assert.equal(
    counted.reduce((sum, one) => sum + one, 0),
    100,
  );
  assert.doesNotMatch(JSON.stringify(lines), /a-secret|api_key=42/);

  client.close();
});
