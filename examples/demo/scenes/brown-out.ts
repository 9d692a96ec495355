import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { axiosWithRetry } from '../clients';
import type { Scene } from '../scene';
import { SmallService } from '../services/small-service';

/** Seconds that a request takes: the service handles 200 requests/s, and 10 while it is slow. */
const FAST = 0.005;
const SLOW = 0.1;
const CALLS_PER_SECOND = 60;
/** Seconds of a row. */
const STEP = 0.5;
/** Rows before, during and after the brown-out. */
const HEALTHY = 2;
const SLOWED = 4;
const AFTER = 8;
/** Characters of a full bar. */
const BAR = 18;
/** The share of calls with which a service is back. */
const BACK = 0.9;

/** A client and a service for it alone. */
class Lane {
  url = '';
  calls = 0;
  /** The share of calls that succeed, by row. */
  readonly shares: number[] = [];
  readonly service = new SmallService(FAST);
  #begun = 0;
  #succeeded = 0;

  constructor(private readonly call: (url: string) => Promise<unknown>) {}

  begin(): void {
    this.calls++;
    this.#begun++;
    this.call(this.url).then(
      () => this.#succeeded++,
      () => undefined,
    );
  }

  endRow(): string {
    const share = Math.min(1, this.#succeeded / this.#begun);
    this.#begun = this.#succeeded = 0;
    this.shares.push(share);
    const length = Math.round(share * BAR);
    return `${'█'.repeat(length)}${'·'.repeat(BAR - length)} ${Math.round(share * 100)} %`;
  }

  get requestsPerCall(): string {
    return (this.service.requests / this.calls).toFixed(1);
  }

  /** Seconds from the end of the brown-out to the end of the first row in which calls succeed, if they do from then on. */
  get backAfter(): number | undefined {
    const after = this.shares.slice(HEALTHY + SLOWED);
    const first = after.findIndex((share) => share >= BACK);
    const since = after.slice(first);
    const isBack = first >= 0 && since.reduce((sum, share) => sum + share, 0) >= BACK * since.length;
    return isBack ? (first + 1) * STEP : undefined;
  }
}

export const brownOut: Scene = {
  title: 'A brown-out',
  story:
    `${CALLS_PER_SECOND} callers per second; the service handles ${1 / FAST}. For two seconds it handles ${1 / SLOW}. Its gateway responds ` +
    '504 after 0.25 s, but the service does the work anyway. The bars: the share of calls that succeed.',
  page: 'docs/resilience.md',
  fair:
    'Without retries axios recovers too: the retries keep the service down. This client gives each upstream a budget of ' +
    'retries, which successes earn. Its circuit breaker and concurrency limit are off here, as they are by default.',

  async play(stage) {
    const stop = new AbortController();
    const { signal } = stop;
    // axios adds a listener for each call, and Node warns of more than ten.
    setMaxListeners(0, signal);
    const http = axiosWithRetry();
    const client = stage.client();
    const axios = new Lane((url) => http.get(url, { signal }));
    const ours = new Lane((url) => client.get(url, { signal }));
    for (const lane of [axios, ours]) lane.url = await stage.listen(lane.service.listener);

    for (let step = 0; step < HEALTHY + SLOWED + AFTER; step++) {
      const isSlow = step >= HEALTHY && step < HEALTHY + SLOWED;
      for (const { service } of [axios, ours]) service.serviceTime = isSlow ? SLOW : FAST;
      const label = `${((step + 1) * STEP).toFixed(1)} s${isSlow ? '  slow' : ''}`;
      const text = (): string => `requests received: ${axios.service.requests} and ${ours.service.requests}`;
      await stage.both(beginCalls(axios), beginCalls(ours), text);
      stage.row(label, axios.endRow(), ours.endRow(), [colourOf(axios), colourOf(ours)]);
    }
    const perCall = [axios.requestsPerCall, ours.requestsPerCall] as const;
    stop.abort();
    for (const { service } of [axios, ours]) service.stop();

    stage.row('requests per call', ...perCall);
    stage.verdict('the service is', describe(axios), describe(ours));
    stage.claim('retries keep the service down for as long as axios-retry makes them', axios.backAfter === undefined);
    stage.claim('with this client the service recovers', ours.backAfter !== undefined);
    stage.claim('this client sends fewer requests per call', Number(perCall[1]) < Number(perCall[0]));
    return {
      about: 'slow for 2 s',
      axios: `${perCall[0]} requests per call,\n${describe(axios)}`,
      ours: `${perCall[1]} requests per call,\n${describe(ours)}`,
    };
  },
};

async function beginCalls(lane: Lane): Promise<void> {
  const start = performance.now();
  for (let number = 1; number <= CALLS_PER_SECOND * STEP; number++) {
    lane.begin();
    await sleep(Math.max(0, start + (number * 1000) / CALLS_PER_SECOND - performance.now()));
  }
}

function colourOf({ shares }: Lane): 'green' | 'yellow' {
  return (shares.at(-1) ?? 0) >= BACK ? 'green' : 'yellow';
}

function describe({ backAfter }: Lane): string {
  return backAfter === undefined ? `not back after ${AFTER * STEP} s` : `back after ${backAfter.toFixed(1)} s`;
}
