import { setTimeout as sleep } from 'node:timers/promises';
import { decode } from 'jsonwebtoken';
import { CLIENTS, issuer, type Issuer } from '../support/issuer';
import { describeWithRedis, redisServer, type RedisServer } from '../support/redis';
import { service, type Service } from '../support/service';
import { tokenProcess, type TokenProcess } from '../support/sharing-process';

describeWithRedis('processes that share tokens through Redis', () => {
  let redis: RedisServer;
  let tokens: Issuer;
  let api: Service;

  beforeEach(async () => {
    redis = await redisServer();
    tokens = await issuer({ lifetime: 300 });
    api = await service(({ headers }) => ({ status: isAlive(headers.authorization) ? 200 : 401 }));
  });
  afterEach(async () => {
    await tokens.close();
    await redis.close();
  });

  /** Every other one talks to Redis with the other library. */
  async function start(count: number): Promise<TokenProcess[]> {
    const options = { redis: redis.url, url: tokens.tokenUrl, ...CLIENTS.basic, scope: 'users:read' };
    return Promise.all(
      Array.from({ length: count }, async (_, i) =>
        tokenProcess({ ...options, library: i % 2 === 0 ? 'ioredis' : 'redis' }),
      ),
    );
  }

  test('8 processes that start cold ask for one token', async () => {
    const heard = await redis.monitor();
    const processes = await start(8);

    const outcomes = await Promise.all(processes.map(async (one) => one.call({ url: api.url, width: 25 })));

    expect(outcomes.flat()).toEqual(Array(200).fill('ok'));
    expect(await tokens.tokenRequests()).toBe(1);
    const used = new Set(api.requests.map(({ headers }) => headers.authorization));
    expect(used.size).toBe(1);
    expect(heard()).toMatch(/"NX"/i);
    for (const secret of [...[...used].map(String), CLIENTS.basic.clientSecret, CLIENTS.basic.clientId]) {
      expect(heard()).not.toContain(secret.replace('Bearer ', ''));
    }
  });

  test('Redis is killed in the middle: no call fails', async () => {
    await tokens.set({ lifetime: 5 });
    const processes = await start(8);
    const calling = Promise.all(processes.map(async (one) => one.call({ url: api.url, rounds: 70, pause: 100 })));
    await sleep(2000);
    const shared = await tokens.tokenRequests();

    await redis.kill();
    const outcomes = await calling;

    expect(outcomes.flat()).toEqual(Array(8 * 70).fill('ok'));
    expect(shared).toBe(1);
    // From then on each renews for itself.
    expect(await tokens.tokenRequests()).toBeGreaterThan(8);
  });

  test('Redis comes back: the processes share again', async () => {
    await tokens.set({ lifetime: 5 });
    const processes = await start(4);
    await redis.kill();
    const alone = await Promise.all(processes.map(async (one) => one.call({ url: api.url })));
    expect(await tokens.tokenRequests()).toBe(4);

    await redis.restart();
    await tokens.set({ lifetime: 300 });
    const [fresh] = (await start(1)) as [TokenProcess];
    const shared = await fresh.call({ url: api.url });
    const after = await Promise.all(processes.map(async (one) => one.call({ url: api.url, rounds: 70, pause: 100 })));

    expect([...alone, shared, ...after].flat()).toEqual(Array(4 + 1 + 4 * 70).fill('ok'));
    // Theirs have ended in between; they found that of the fifth.
    expect(await tokens.tokenRequests()).toBe(5);
  });

  test('Redis does not answer: every process gets a token by itself', async () => {
    const processes = await start(4);
    redis.freeze();

    const outcomes = await Promise.all(processes.map(async (one) => one.call({ url: api.url, width: 5 })));

    expect(outcomes.flat()).toEqual(Array(20).fill('ok'));
    expect(await tokens.tokenRequests()).toBe(4);
  });

  test('a process that dies while it asks for the token does not hold up the others', async () => {
    await tokens.set({ delay: 30 });
    const [first, second] = (await start(2)) as [TokenProcess, TokenProcess];
    const dead = expect(first.call({ url: api.url })).rejects.toThrow('the process ended with SIGKILL');
    while ((await tokens.tokenRequests()) === 0) await sleep(10);
    first.kill();
    await dead;
    await tokens.set({ delay: 0 });

    expect(await second.call({ url: api.url })).toEqual(['ok']);
    expect(await tokens.tokenRequests()).toBe(2);
  });
});

function isAlive(authorization = ''): boolean {
  const { exp } = decode(authorization.replace('Bearer ', ''), { json: true }) ?? {};
  return exp !== undefined && exp * 1000 > Date.now();
}
