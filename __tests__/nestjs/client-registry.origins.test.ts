import { type HTTPClient, OriginStates, type HTTPClientOptions } from '../../src/index';
import { ClientRegistry } from '../../src/nestjs/client-registry';
import { DEFAULT_CLIENT } from '../../src/nestjs/client-token';
import { failure } from '../support/outcome';
import { service } from '../support/service';

/** The default client and two named ones. */
function clients(root: HTTPClientOptions, ...own: readonly HTTPClientOptions[]): HTTPClient[] {
  const registry = new ClientRegistry({ token: null, retryAttempts: 0, ...root });
  const named = own.map((options, index) => {
    registry.declare(`client-${index}`);
    return registry.open(`client-${index}`, options);
  });
  return [registry.open(DEFAULT_CLIENT, {}), ...named];
}

/** Whether the clients know after a failure of the first that the circuit is open. */
async function whoIsRefused(all: readonly HTTPClient[]): Promise<boolean[]> {
  const api = await service([{ status: 503 }]);
  const refused: boolean[] = [];
  for (const client of all) {
    const { code } = await failure(client.get(api.url));
    refused.push(code === 'CIRCUIT_OPEN');
  }
  return refused;
}

const BREAKER: HTTPClientOptions = { circuitBreaker: { minimumCalls: 1 } };

test('the clients of an application share what they know of an origin', async () => {
  expect(await whoIsRefused(clients(BREAKER, { timeout: 1 }, { retry: { base: 0.1 } }))).toEqual([false, true, true]);
});

test.each<[string, HTTPClientOptions]>([
  ['circuitBreaker', { circuitBreaker: { minimumCalls: 1, openFor: 1 } }],
  ['concurrency', { concurrency: { limit: 10 } }],
  ['hedging', { hedging: { delay: 1 } }],
  ['partition', { partition: () => 'orders' }],
  ['rateLimit', { rateLimit: { rate: 100 } }],
  ['retry.budget', { retry: { budget: { reserve: 20 } } }],
])('a client with its own `%s` shares nothing: one set of rules decides what is kept', async (_, options) => {
  expect(await whoIsRefused(clients(BREAKER, options, {}))).toEqual([false, false, true]);
});

test('`origins` shares with those who have the same, as an option like others', async () => {
  const origins = new OriginStates();
  const [first, second] = clients(BREAKER, { origins }, { origins, ...BREAKER }).slice(1);
  const outsider = clients(BREAKER)[0];
  const all = [first, second, outsider].filter((client) => client !== undefined);

  expect(await whoIsRefused(all)).toEqual([false, true, false]);
  expect(await whoIsRefused(clients({ ...BREAKER, origins }, BREAKER))).toEqual([false, true]);
});

test('`origins` of another kind is refused by name', () => {
  expect(() => clients({}, { origins: {} as OriginStates })).toThrow(
    'client-0: option `origins` must be `new OriginStates()`',
  );
});
