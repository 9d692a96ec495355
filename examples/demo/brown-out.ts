import { setTimeout as sleep } from 'node:timers/promises';
import { HTTPClient, type HTTPClientOptions } from '@hdms/http-client';
import { paint } from './paint';
import { startSmallService, type SmallService } from './services/small-service';
import { chapter } from './story';

/** Seconds. The service can handle 200 requests/s, and 10 while it is slow. */
const FAST = 0.005;
const SLOW = 0.1;
const CALLS_PER_SECOND = 60;
const STEP = 0.5;
/** Steps before, during and after the brown-out. */
const STEPS = { healthy: 2, slow: 4, after: 8 };

/** A tenth of the usual times, to be short. */
const SHORT: HTTPClientOptions = { token: null, timeout: 0.25, retry: { base: 0.05 } };

const CLIENTS: Readonly<Record<string, HTTPClientOptions>> = {
  'without budget and gate': { ...SHORT, retry: { base: 0.05, budget: false }, backpressure: false },
  'with the defaults': SHORT,
  'concurrency: { limit: 4 }': { ...SHORT, concurrency: { limit: 4, queue: 20 } },
};

/** A client and a service for itself. */
class Lane {
  begun = 0;
  succeeded = 0;
  readonly #client: HTTPClient;
  readonly #calls = new AbortController();

  constructor(
    readonly service: SmallService,
    options: HTTPClientOptions,
  ) {
    this.#client = new HTTPClient(options);
  }

  call(): void {
    this.begun++;
    const { signal } = this.#calls;
    this.#client.get(this.service.url, { signal }).then(
      () => this.succeeded++,
      () => undefined,
    );
  }

  /** The share of successes among as many calls as began, since it was asked last. */
  share(): number {
    const share = Math.min(1, this.succeeded / Math.max(1, this.begun));
    this.begun = this.succeeded = 0;
    return share;
  }

  close(): void {
    this.#calls.abort();
    this.#client.close();
    this.service.close();
  }
}

/** A service is 20 times slower for two seconds. Prints how many calls succeed meanwhile and afterwards. */
export async function playBrownOut(): Promise<boolean> {
  const title = 'A brown-out, with and without';
  chapter(title);
  const names = Object.keys(CLIENTS);
  console.log(
    `\n    ${CALLS_PER_SECOND} calls/s; the service handles 200, and 10 while it is slow. Calls that succeed:\n`,
  );
  console.log(paint('bold', `               ${names.map((name) => name.padEnd(28)).join('')}`.trimEnd()));
  const lanes = await Promise.all(
    Object.values(CLIENTS).map(async (one) => new Lane(await startSmallService(FAST), one)),
  );
  let last: readonly number[] = [];
  for (let step = 1; step <= STEPS.healthy + STEPS.slow + STEPS.after; step++) {
    const isSlow = step > STEPS.healthy && step <= STEPS.healthy + STEPS.slow;
    for (const { service } of lanes) service.serviceTime = isSlow ? SLOW : FAST;
    await callForOneStep(lanes);
    last = lanes.map((lane) => lane.share());
    console.log(`    ${(step * STEP).toFixed(1)} s ${isSlow ? 'slow' : '    '} ${last.map(bar).join('')}`.trimEnd());
  }
  for (const lane of lanes) lane.close();
  return tellEnd(last);
}

async function callForOneStep(lanes: readonly Lane[]): Promise<void> {
  const start = performance.now();
  for (let number = 0; number < CALLS_PER_SECOND * STEP; number++) {
    for (const lane of lanes) lane.call();
    await sleep(Math.max(0, start + ((number + 1) * 1000) / CALLS_PER_SECOND - performance.now()));
  }
}

function bar(share: number): string {
  const length = Math.round(share * 16);
  const text = `${'█'.repeat(length)}${'·'.repeat(16 - length)} ${Math.round(share * 100)} %`;
  return paint(share > 0.8 ? 'green' : 'yellow', text.padEnd(28));
}

function tellEnd([without = 0, withDefaults = 0]: readonly number[]): boolean {
  const isGood = withDefaults >= 0.8 && without < withDefaults;
  const mark = isGood ? paint('green', '✓') : paint('red', '✗');
  console.log(`\n    ${mark} retries without a limit keep the service down; with a budget it recovers`);
  return isGood;
}
