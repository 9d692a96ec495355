import { setTimeout as sleep } from 'node:timers/promises';
import { rateProcess, type RateReport } from '../support/rate-process';
import { describeWithRedis, redisServer, type RedisServer } from '../support/redis';

const RATE = 100;

interface Together {
  /** When each request of all processes was sent, in milliseconds since the first. */
  readonly sent: readonly number[];
  readonly reports: readonly RateReport[];
}

describeWithRedis('4 processes that share a rate through Redis', () => {
  let redis: RedisServer;

  beforeEach(async () => {
    redis = await redisServer();
  });
  afterEach(async () => redis.close());

  /** Half of them talk to Redis with one library, half with the other; each always has 10 requests to send. */
  async function sendFor(seconds: number, meanwhile?: () => Promise<void>): Promise<Together> {
    const libraries = ['ioredis', 'redis', 'ioredis', 'redis'] as const;
    const options = { redis: redis.url, rate: RATE, width: 10, seconds };
    const processes = await Promise.all(libraries.map(async (library) => rateProcess({ ...options, library })));
    const sending = Promise.all(processes.map(async (send) => send()));
    await meanwhile?.();
    const reports = await sending;
    const sent = reports.flatMap((report) => report.sent).sort((a, b) => a - b);
    return { sent: sent.map((at) => at - (sent[0] ?? 0)), reports };
  }

  test('keep it together, each with its part, for less than 0.6 requests to Redis per request', async () => {
    const { sent, reports } = await sendFor(3);

    const rates = perSecond(sent, 500, 2000);
    expect(Math.min(...rates)).toBeGreaterThanOrEqual(95);
    expect(Math.max(...rates)).toBeLessThanOrEqual(105);
    for (const report of reports) expect(report.sent.length / sent.length).toBeGreaterThan(0.15);
    expect(reports.reduce((sum, { trips }) => sum + trips, 0) / sent.length).toBeLessThan(0.6);
    expect(reports.map(({ failed, warnings }) => [failed, warnings])).toEqual(Array(4).fill([0, []]));
  });

  test.each([
    ['killed, and comes back empty', async () => redis.kill(), async () => redis.restart()],
    [
      'frozen for a time',
      async () => {
        redis.freeze();
        return Promise.resolve();
      },
      async () => {
        redis.thaw();
        return Promise.resolve();
      },
    ],
  ])('keep it while Redis is %s: no request fails, and each process warns once', async (_, fail, recover) => {
    const { sent, reports } = await sendFor(5, async () => {
      await sleep(1200);
      await fail();
      await sleep(1800);
      await recover();
    });

    const rates = perSecond(sent, 500, 4000);
    expect(Math.min(...rates)).toBeGreaterThanOrEqual(75);
    // On a busy machine, late timers bring some requests of one second into the next. Processes that lose each other send 200 and more.
    expect(Math.max(...rates)).toBeLessThanOrEqual(150);
    expect(reports.map(({ failed, warnings }) => [failed, warnings])).toEqual(
      Array(4).fill([0, ['HDMS_RATE_LIMIT_STORE']]),
    );
  });
});

/** How many were sent in each second that begins between `from` and `to`, in steps of 100 ms. */
function perSecond(sent: readonly number[], from: number, to: number): number[] {
  const starts = Array.from({ length: (to - from) / 100 }, (_, i) => from + i * 100);
  return starts.map((start) => sent.filter((at) => at >= start && at < start + 1000).length);
}
