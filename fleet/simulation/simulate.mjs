// One scenario with one client, in virtual time.
import { seeded } from '../../storm/random.mjs';
import { Events } from './events.mjs';
import { Process } from './process.mjs';
import { Service } from './service.mjs';
import { Tally } from './tally.mjs';

/**
 * @param scenario see `scenarios/scenario.mjs`
 * @param client an entry of `clients.mjs`
 * @returns the Tally
 */
export function simulate(scenario, client, seed) {
  const { seconds, timeout = 5, fleet, burst } = scenario;
  const events = new Events();
  // Calls that are under way when the last one has begun still have four attempts and three waits.
  const end = seconds + 4 * timeout + 4;
  const tally = new Tally(end + 1);
  const service = new Service(events, seeded(seed, 1), scenario);
  const world = { events, service, tally, timeout, random: seeded(seed, 2) };
  const processes = Array.from({ length: fleet.processes }, () => new Process(world, client));
  const arrivals = seeded(seed, 3);
  const rateAt = (now) =>
    fleet.processes * fleet.rate * (burst && burst.from <= now && now < burst.to ? burst.times : 1);
  const arrive = () => {
    if (events.now >= seconds) return;
    processes[Math.floor(arrivals() * processes.length)].call();
    events.afterRandom(gap(arrivals, rateAt(events.now)), arrive);
  };
  events.afterRandom(gap(arrivals, rateAt(0)), arrive);
  events.runUntil(end);
  return tally;
}

/** Seconds to the next arrival of a Poisson process. */
function gap(random, rate) {
  return -Math.log(1 - random()) / rate;
}
