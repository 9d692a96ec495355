// The figures of a scenario: each client with each seed.
import { CLIENTS } from './clients.mjs';
import { simulate } from './simulation/simulate.mjs';

/**
 * @param now takes what is being simulated
 * @returns the scenario with `figures`, by client one for each seed, and `goodput`, by client successes per second, if it has a chart
 */
export function measure(scenario, clients, seeds, now) {
  const figures = {};
  const goodput = {};
  for (const client of clients) {
    figures[client] = [];
    const tallies = seeds.map((seed) => {
      now(`${CLIENTS[client].label}, seed ${seed}`);
      const tally = simulate(scenario, CLIENTS[client], seed);
      figures[client].push(scenario.figure.of(tally, scenario));
      return tally;
    });
    if (scenario.hasChart) goodput[client] = meanPerSecond(tallies, scenario.seconds);
  }
  return { ...scenario, figures, goodput };
}

function meanPerSecond(tallies, seconds) {
  return Array.from({ length: seconds }, (_, second) => {
    const sum = tallies.reduce((all, tally) => all + tally.sum('succeeded', second, second + 1), 0);
    return sum / tallies.length;
  });
}
