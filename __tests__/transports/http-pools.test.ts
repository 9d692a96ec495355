import { httpPools } from '../../src/transports/http-pools';

test('each protocol has an agent that keeps connections alive, direct and through proxies', () => {
  const { own, proxied } = httpPools({ maxIdle: 1000, maxAge: Infinity, perOrigin: Infinity });
  const agents = [own, proxied].flatMap((pools) => [pools['http:'].agent, pools['https:'].agent]);

  expect(new Set(agents).size).toBe(4);
  expect(agents.map((agent) => (agent as unknown as { keepAlive: boolean }).keepAlive)).toEqual(Array(4).fill(true));
});

test('once closed, no agent keeps a connection', () => {
  const { own, proxied, close } = httpPools({ maxIdle: 1000, maxAge: Infinity, perOrigin: Infinity });

  close();

  for (const pools of [own, proxied]) {
    for (const { agent } of [pools['http:'], pools['https:']]) {
      expect((agent.keepSocketAlive as () => unknown)()).toBe(false);
    }
  }
});
