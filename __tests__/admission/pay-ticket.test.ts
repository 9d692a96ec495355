import { HTTPClient, type HTTPClientOptions } from '../../src/index';
import { held } from '../support/held';
import { failure } from '../support/outcome';
import { observed } from '../support/observed';
import { ENTRANCES } from '../support/origin-scene';
import { service, type Answer } from '../support/service';

const DOWN: Answer = { status: 503 };

/** A client whose budget pays for one retry and a half. */
function poor(options: HTTPClientOptions = {}): HTTPClient {
  const budget = { reserve: 1.5, ratio: 0.01, refill: 0 };
  return new HTTPClient({ name: 'users', timeout: 30, ...options, retry: { base: 0.001, budget, ...options.retry } });
}

test.each(ENTRANCES)('a retry that is paid for is published, and one that is refused: %s', async (_, send) => {
  const events = observed('budget');
  const api = await service([DOWN]);
  const client = poor();

  await failure(send(client, api.url));

  const common = { origin: api.url, client: 'users', clientId: client.id, kind: 'retry', price: 1, left: 0.5 };
  expect(events).toEqual([
    { ...common, refused: false },
    { ...common, refused: true },
  ]);
});

test('a retry that others have left nothing for while it waited is published as refused, once', async () => {
  const events = observed('budget');
  const api = await service([DOWN]);
  const client = poor({ retryAttempts: 1, retry: { base: 0.005, jitter: 'none' } });

  await Promise.all([1, 2].map(async () => failure(client.get(api.url))));

  expect(events).toMatchObject([{ refused: false }, { refused: true }]);
  expect(api.requests).toHaveLength(3);
});

test('a hedge is published with its kind', async () => {
  const events = observed('budget');
  const api = await service([held(), {}, held(), {}]);
  const client = poor({ hedging: { delay: 0.005 } });

  await client.get(api.url);

  expect(events).toMatchObject([{ kind: 'hedge', price: 1, left: 0.5, refused: false }]);
});

test('a hedge that there are no tokens for is published as refused', async () => {
  const events = observed('budget');
  const api = await service([DOWN, DOWN, { delay: 10 }]);
  const client = poor();
  await failure(client.get(api.url));

  await client.get(api.url, { hedging: { delay: 0.002 } });

  expect(events.slice(2)).toMatchObject([{ kind: 'hedge', price: 1, refused: true }]);
});

test.each([
  ['a success', [{}]],
  ['a failure that is not retried', [{ status: 404 }]],
] satisfies [string, Answer[]][])('nothing is published for %s', async (_, answers) => {
  const events = observed('budget');
  const api = await service(answers);

  await poor()
    .get(api.url)
    .catch(() => undefined);

  expect(events).toEqual([]);
});

test('nothing is published for a retry that costs nothing', async () => {
  const events = observed('budget');
  const api = await service();
  await api.close();

  const error = await failure(poor({ retryAttempts: 2 }).get(api.url));

  expect(error.attempts).toHaveLength(3);
  expect(events).toEqual([]);
});
