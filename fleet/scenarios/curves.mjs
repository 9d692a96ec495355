// What other numbers of the rule would buy, and cost.
import { failed, recovery, wasted } from '../figures.mjs';
import { forBothFleets } from './scenario.mjs';
import { TUNED } from './tuned.mjs';

const tuned = (...names) => TUNED.filter(({ name }) => names.includes(name));

const SLOW = { seconds: 110, conditions: [{ from: 20, to: 30, slow: 20 }], figure: recovery(30) };

/** The first half minute after the service is as fast as before. */
export const WASTED = forBothFleets({
  ...SLOW,
  name: 'wasted',
  title: '20 × slower for 10 s',
  figure: wasted(30, 60),
  clients: ['none', 'unlimited', 'fourSeconds', 'budget'],
});

const WINDOWS = ['window0', 'window1', 'window2', 'budget', 'paidBefore', 'window4', 'window8'];

export const WINDOW_CURVE = tuned('brown-out-a', 'brown-out-b', 'always-503-healthy', 'outage-35').map(
  asCurve(WINDOWS),
);

const PRICES = ['price1', 'price2', 'price3', 'price4', 'budget', 'price10'];

export const PRICE_CURVE = [
  ...tuned('brown-out-a', 'brown-out-b'),
  ...forBothFleets({
    ...SLOW,
    name: 'sharing',
    title: 'the same, and the service works on all requests at once',
    queue: 'sharing',
  }),
  ...forBothFleets({
    name: 'hangs-20',
    title: 'one replica of five never responds: calls that fail',
    seconds: 120,
    conditions: [{ from: 20, badReplica: { share: 0.2, hangs: true } }],
    figure: failed(20, 120),
  }),
].map(asCurve(PRICES));

/** Neither goals nor charts: they are shown elsewhere. */
function asCurve(clients) {
  return ({ name, goal, hasChart, ...scenario }) => ({ ...scenario, name: `curve-${name}`, clients });
}
