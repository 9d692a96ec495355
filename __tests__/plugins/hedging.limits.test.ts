import { HTTPClient, OriginStates, runInContext, type HTTPClientOptions } from '../../src/index';
import { held, inTurn } from '../support/held';
import { service, type Service } from '../support/service';

const hedging = { delay: 0.005 };

/** A client with the state of its origin, which has been called once. */
async function known(
  api: Service,
  options: HTTPClientOptions = {},
): Promise<{
  readonly client: HTTPClient;
  readonly origins: OriginStates;
  readonly state: ReturnType<OriginStates['use']>;
}> {
  const origins = new OriginStates();
  const client = new HTTPClient({ hedging, retry: { base: 0.001 }, origins, ...options });
  await client.get(api.url, { hedging: false });
  const state = origins.use(new URL(api.url).origin);
  return { client, origins, state };
}

test('a hedge costs 1 of the retry budget, which is not given back', async () => {
  const api = await service([{}, held(), {}]);
  const { client, state } = await known(api, { retry: { budget: { reserve: 5, ratio: 0.01, refill: 0 } } });

  await client.get(api.url);

  expect(state.budget?.tokens(performance.now())).toBeCloseTo(4.01, 3);
});

test('without tokens there is no hedge, and no error', async () => {
  const api = await service([{}, { delay: 15, body: 'slow' }]);
  const { client, state } = await known(api);
  state.budget?.take(state.budget.tokens(performance.now()), performance.now());

  expect(await client.get(api.url)).toMatchObject({ data: 'slow', config: { call: { attempts: [{ outcome: 200 }] } } });
  expect(api.requests).toHaveLength(2);
});

test('a hedge that was not sent gives its token back', async () => {
  let tokens = 0;
  const token = (): string => {
    if (++tokens === 3) throw new Error('no token today');
    return `token-${tokens}`;
  };
  const api = await service([{}, { delay: 15, body: 'slow' }]);
  const { client, state } = await known(api, { token, retry: { budget: { reserve: 5, ratio: 0.01, refill: 0 } } });

  const { data, config } = await client.get(api.url);

  expect(data).toBe('slow');
  expect(tokens).toBe(3);
  expect(config.call?.attempts).toMatchObject([{ outcome: 200 }]);
  expect(state.budget?.tokens(performance.now())).toBeCloseTo(5, 1);
});

test('a retry that succeeds by its hedge gives its token back', async () => {
  const api = await service([{}, { status: 503 }, ...inTurn(['', 503], ['well'])]);
  const { client, state } = await known(api, {
    retry: { base: 0.001, budget: { reserve: 5, ratio: 0.01, refill: 0 } },
  });

  expect(await client.get(api.url)).toMatchObject({ status: 200, retries: 1 });

  // That of the hedge is gone.
  expect(state.budget?.tokens(performance.now())).toBeCloseTo(4.01, 3);
});

test.each<[string, HTTPClientOptions]>([
  ['all slots are taken', { concurrency: { limit: 1 } }],
  ['it is not its turn', { rateLimit: { rate: 2, burst: 2 } }],
])('there is no hedge where %s', async (_, options) => {
  const api = await service([{}, { delay: 15, body: 'slow' }]);
  const { client, state } = await known(api, options);

  const { data } = await client.get(api.url);

  expect(data).toBe('slow');
  expect(api.requests).toHaveLength(2);
  expect(state.concurrency?.active ?? 0).toBe(0);
});

test('there is no hedge where requests wait that are late for their turns', async () => {
  const api = await service([{}, { delay: 1000, body: 'slow' }]);
  const { client, state } = await known(api, { hedging: { delay: 0.7 }, rateLimit: { rate: 0.1, burst: 10 } });

  const call = client.get(api.url);
  while (api.requests.length < 2) await new Promise(setImmediate);
  // The turns of these are used up, as by requests that waited for their tokens meanwhile.
  while (state.sends?.send(performance.now()));

  expect((await call).data).toBe('slow');
  expect(api.requests).toHaveLength(2);
  expect(state.budget?.tokens(performance.now())).toBeCloseTo(10, 1);
});

test('a hedge takes a slot, and gives it back', async () => {
  const slow = held();
  const api = await service([{}, slow, { body: 'fast' }]);
  const { client, state } = await known(api, { concurrency: { limit: 2 } });

  expect((await client.get(api.url)).data).toBe('fast');
  await slow.left;

  expect(state.concurrency?.active).toBe(0);
});

// A token is asked for after the attempt was let through, and before its delay begins.
test('there is no hedge while the gate is closed', async () => {
  const api = await service([{}, { delay: 20, body: 'slow' }]);
  const { origins, state } = await known(api);
  const close = (): string => {
    const now = performance.now();
    state.gateOf().refused(now, { status: 429, retryAfter: 5, sentAt: now, key: '' });
    return 'a-token';
  };

  await new HTTPClient({ hedging, origins, token: close }).get(api.url);

  expect(state.gate?.isOpen).toBe(false);
  expect(api.requests).toHaveLength(2);
});

test('there is no hedge while the circuit is open', async () => {
  const api = await service([{}, { delay: 20, body: 'slow' }]);
  const circuitBreaker = { minimumCalls: 1, failureRatio: 0.1 };
  const { origins, state } = await known(api, { circuitBreaker });
  const open = (): string => {
    const now = performance.now();
    state.circuit?.settle(state.circuit.admit(now, 1000), 'failure', 1, now, Math.random);
    return 'a-token';
  };

  await new HTTPClient({ hedging, circuitBreaker, origins, token: open }).get(api.url);

  expect(state.circuit?.isOpen).toBe(true);
  expect(api.requests).toHaveLength(2);
});

test('while a retry is served there is no hedge', async () => {
  const api = await service([{ delay: 15 }]);
  const client = new HTTPClient({ hedging });

  await runInContext({ requestId: 'x', attempt: 2 }, () => client.get(api.url));

  expect(api.requests).toHaveLength(1);
});
