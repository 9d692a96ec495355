import { setTimeout as wait } from 'node:timers/promises';
import { HTTPClient, type Transport } from '../../src/index';
import { collect } from '../support/collect';

const nothing = (): void => undefined;

/** Answers at once, and remembers nothing. */
const instant: Transport = {
  name: 'instant',
  dispatch(_, events) {
    const exchange = { phase: 'headers', request: {}, pause: nothing, resume: nothing, destroy: nothing } as const;
    queueMicrotask(() => {
      events.head({ status: 204, statusText: 'No Content', headers: {}, request: {} }, exchange);
      events.end();
    });
    return exchange;
  },
  close: () => undefined,
};

/** Bytes in use once there is no more to collect. */
async function heap(): Promise<number> {
  for (let turn = 0; turn < 3; turn++) {
    await wait(5);
    collect();
  }
  return process.memoryUsage().heapUsed;
}

test.each<[string, (shutdown: AbortSignal) => AbortSignal]>([
  ['AbortSignal.any', (shutdown) => AbortSignal.any([shutdown, new AbortController().signal])],
  ['AbortSignal.timeout', () => AbortSignal.timeout(3_600_000)],
])(
  'of a call with an %s nothing is left in memory',
  async (_, make) => {
    const client = new HTTPClient({ transport: instant });
    const shutdown = new AbortController();
    const call = async (times: number): Promise<void> => {
      for (let n = 0; n < times; n++) await client.get('http://user-service/', { signal: make(shutdown.signal) });
    };
    await call(1000);
    const before = await heap();

    await call(5000);

    expect((await heap()) - before).toBeLessThan(5000 * 700);
  },
  120_000,
);
