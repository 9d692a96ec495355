// Scenarios that the rule and its numbers were not tuned on.
import { failed, recovery, requests } from '../figures.mjs';
import { FLEET_A, FLEET_B, forBothFleets, outageOf, single } from './scenario.mjs';

const CLIENTS = ['none', 'unlimited', 'fourSeconds', 'budget'];

const SLOW = { conditions: [{ from: 20, to: 30, slow: 20 }], figure: recovery(30) };

const slowness = [
  { name: 'slow-5', title: '5 × slower for 10 s', conditions: [{ from: 20, to: 30, slow: 5 }], figure: recovery(30) },
  { name: 'slow-50', title: '50 × slower for 5 s', conditions: [{ from: 20, to: 25, slow: 50 }], figure: recovery(25) },
  {
    name: 'slow-long',
    title: '20 × slower for 30 s',
    conditions: [{ from: 20, to: 50, slow: 20 }],
    figure: recovery(50),
    seconds: 200,
  },
];

const otherwise = [
  { name: 'timeout-1', title: 'timeout 1 s', timeout: 1 },
  {
    name: 'timeout-10',
    title: 'timeout 10 s, and 20 × slower for 20 s',
    timeout: 10,
    seconds: 130,
    conditions: [{ from: 20, to: 40, slow: 20 }],
    figure: recovery(40),
  },
  { name: 'sharing', title: 'the service works on all requests at once', queue: 'sharing' },
  { name: 'base-errors', title: '5 % independent 503s at all times', usual: { errors: 0.05 } },
  { name: 'gateway', title: 'a gateway in front responds 504 after 3 s', usual: { gateway: { timeout: 3 } } },
].map((scenario) => ({ ...SLOW, ...scenario }));

const burst = {
  name: 'burst',
  title: 'not slower, but three times the calls for 10 s',
  burst: { from: 20, to: 30, times: 3 },
  figure: recovery(30),
  seconds: 160,
};

const loads = [0.5, 0.6, 0.8, 0.9].flatMap((load) =>
  [FLEET_A, FLEET_B].map(({ processes }, index) => ({
    ...SLOW,
    name: `load-${load * 100}-${'ab'[index]}`,
    title: `load of ${load * 100} %, ${'AB'[index]}`,
    seconds: 160,
    fleet: { processes, rate: (1000 * load) / processes },
  })),
);

const fleets = [
  [100, 7],
  [300, 7 / 3],
  [3000, 0.7 / 3],
].map(([processes, rate]) => ({
  ...SLOW,
  name: `fleet-${processes}`,
  title: `${processes.toLocaleString('en')} processes at ${Number(rate.toFixed(2))}/s`,
  fleet: { processes, rate },
}));

/** Seconds until the service is back. */
export const FRESH_BROWN_OUTS = [...[...slowness, ...otherwise, burst].flatMap(forBothFleets), ...loads, ...fleets].map(
  (scenario) => ({ seconds: 110, clients: CLIENTS, ...scenario }),
);

const outages = [
  [1, 2],
  [5, 2],
  [10, 2],
  [200, 2],
  [35, 1],
  [35, 3],
  [35, 5],
].map(([rate, length]) => ({
  name: `outage-${rate}-${length}`,
  title: `503 for ${length} s, processes at ${rate}/s`,
  ...outageOf(length, rate),
}));

/** The share of calls begun in it that succeed. */
export const FRESH_OUTAGES = outages.map((scenario) => ({ clients: CLIENTS, ...scenario }));

const hanging = [0.1, 0.2].flatMap((share) =>
  forBothFleets({
    name: `hangs-${share * 100}`,
    title: `one replica of ${1 / share} never responds`,
    seconds: 120,
    conditions: [{ from: 20, badReplica: { share, hangs: true } }],
    figure: failed(20, 120),
  }),
);

const errors = [0.05, 0.3, 0.4].flatMap((share) =>
  forBothFleets({
    name: `errors-${share * 100}`,
    title: `${share * 100} % independent 503s`,
    seconds: 120,
    usual: { errors: share },
    // At 40 %, the retries alone would fill the service.
    capacity: 2000,
    figure: failed(0, 120),
  }),
);

/** The share of calls that fail. */
export const FRESH_FAILURES = [...errors, ...hanging].map((scenario) => ({ clients: CLIENTS, ...scenario }));

/** Requests a call. */
export const FRESH_ALWAYS = [
  ...forBothFleets({
    name: 'always-503',
    title: 'always 503 for 30 s',
    seconds: 50,
    conditions: [{ from: 20, isUnavailable: true }],
    figure: requests(20, 50, 60),
  }),
  {
    name: 'always-503-one',
    title: 'always 503 for 5 min, one process at 1/s',
    fleet: single(1),
    seconds: 320,
    conditions: [{ from: 20, isUnavailable: true }],
    figure: requests(20, 320, 330),
  },
].map((scenario) => ({ clients: CLIENTS, ...scenario }));
