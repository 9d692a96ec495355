// What a scenario is made of, and the parts that many share.

import { bridged } from '../figures.mjs';

/**
 * @typedef {object} Scenario
 * @property {string} name unique; the name of its chart
 * @property {string} title
 * @property {{ processes: number, rate: number }} fleet calls per second of each process, a Poisson process
 * @property {number} seconds how long calls begin
 * @property {number} [timeout] of an attempt, in seconds (5)
 * @property {number} [capacity] requests per second that the service can do (1,000)
 * @property {'fifo' | 'sharing'} [queue] how the service orders its work (fifo)
 * @property {object} [usual] the condition at all times: `errors`, `gateway`
 * @property {object[]} [conditions] `{ from, to }` in seconds, and what it is like then: `slow`, how many times as long work takes;
 *   `isDown`, connections are refused, and work is lost; `isUnavailable`, 503 at once; `errors`, the share of responses that are
 *   503s; `badReplica: { share, hangs }`, the share of requests that get a 503 at once, or no response at all;
 *   `gateway: { timeout }`, seconds after which a gateway responds instead
 * @property {{ from: number, to: number, times: number }} [burst] when more calls begin
 * @property {object} figure what the tables show of it, from `figures.mjs`
 * @property {object} [goal] `{ atMost }` or `{ atLeast }`: a figure, or `{ times }` that of the client without retries
 * @property {string[]} [clients] keys of CLIENTS; COMPARED by default
 * @property {boolean} [hasChart] whether the page shows its goodput over time
 */

/** 700 calls a second together. */
export const FLEET_A = { processes: 1000, rate: 0.7 };
export const FLEET_B = { processes: 20, rate: 35 };

export const single = (rate) => ({ processes: 1, rate });

/** A service that responds with 503 for `length` seconds to 20 processes, and has capacity for all their retries afterwards. */
export const outageOf = (length, rate) => ({
  fleet: { processes: 20, rate },
  seconds: 40,
  capacity: 100 * rate,
  conditions: [{ from: 20, to: 20 + length, isUnavailable: true }],
  figure: bridged(20, 20 + length),
});

/** The scenario for each of the two fleets. */
export function forBothFleets({ name, title, goals = [], ...rest }) {
  return [
    { name: `${name}-a`, title: `${title}, A`, fleet: FLEET_A, goal: goals[0], ...rest },
    { name: `${name}-b`, title: `${title}, B`, fleet: FLEET_B, goal: goals[1], ...rest },
  ];
}
