// The scenarios by which the rule and its numbers were chosen.
import { bridged, failed, lost, recovery, requests } from '../figures.mjs';
import { forBothFleets, outageOf, single } from './scenario.mjs';

const ALWAYS = 0.001;

const brownOuts = forBothFleets({
  name: 'brown-out',
  title: '20 × slower for 10 s: seconds until it is back',
  seconds: 130,
  conditions: [{ from: 20, to: 30, slow: 20 }],
  figure: recovery(30),
  goals: [{ atMost: { times: 2 } }, { atMost: { times: 1.2 } }],
  hasChart: true,
});

const alwaysUnavailable = [
  { name: 'always-503-fresh', title: 'from a fresh process', from: ALWAYS, goal: { atMost: 1.1 } },
  { name: 'always-503-healthy', title: 'after 60 s of health', from: 60, goal: { atMost: 1.3 } },
].map(({ name, title, from, goal }) => ({
  name,
  title: `always 503, 100 calls/s for 10 s, ${title}: requests a call`,
  fleet: single(100),
  seconds: from + 10,
  conditions: [{ from, isUnavailable: true }],
  figure: requests(from, from + 10, from + 20),
  goal,
}));

const outage = {
  name: 'outage-35',
  title: '503 for 2 s, processes at 35/s: calls begun in it that succeed',
  ...outageOf(2, 35),
  goal: { atLeast: 0.8 },
};

/** The other stocks change nothing in these. */
const CLIENTS = ['none', 'unlimited', 'fixed10', 'fourSeconds', 'budget'];

const independent = [
  ...forBothFleets({
    name: 'errors-25',
    title: '25 % independent 503s: calls that lose a retry',
    seconds: 120,
    usual: { errors: 0.25 },
    figure: lost(0, 120),
    goals: [{ atMost: 0.001 }, { atMost: 0.001 }],
  }),
  ...forBothFleets({
    name: 'errors-20',
    title: '20 % independent 503s: calls that fail',
    seconds: 120,
    usual: { errors: 0.2 },
    figure: failed(0, 120),
    goals: [{ atMost: 0.002 }, { atMost: 0.002 }],
  }),
  ...forBothFleets({
    name: 'bad-replica',
    title: 'one replica of five fails at once: calls that fail',
    seconds: 120,
    conditions: [{ from: 20, badReplica: { share: 0.2 } }],
    figure: failed(20, 120),
    goals: [{ atMost: 0.002 }, { atMost: 0.002 }],
  }),
].map((scenario) => ({ clients: CLIENTS, ...scenario }));

const killed = forBothFleets({
  name: 'killed',
  title: 'killed, and back after 3 s: calls begun in it that succeed',
  seconds: 50,
  conditions: [{ from: 20, to: 23, isDown: true }],
  figure: bridged(20, 23),
  goals: [{ atLeast: 0.99 }, { atLeast: 0.99 }],
  clients: CLIENTS,
});

export const TUNED = [...brownOuts, ...alwaysUnavailable, outage, ...independent, ...killed];
