// Which runs there are.
import { CONTESTANTS, JUDGED } from './contestants.mjs';
import { hasRedis } from './processes/redis.mjs';
import { SCENARIOS } from './scenarios/index.mjs';

/** The scenarios of a run. */
export function chosenScenarios({ only }, tell = console.log) {
  return SCENARIOS.filter(({ name, needsRedis }) => {
    if (!name.includes(only)) return false;
    if (needsRedis && !hasRedis) tell(`${name} is left out: there is no redis-server on the PATH`);
    return !needsRedis || hasRedis;
  });
}

/** One entry for each run, the longest first, so that the short ones fill the gaps. */
export function plan(scenarios, settings) {
  const jobs = scenarios.flatMap((scenario) =>
    clientsOf(scenario, settings).flatMap((contestant) => {
      const seconds = scenario.seconds(settings.quick);
      const weight = settings.alone ? Infinity : scenario.weight;
      const { repeats = 1, quickRepeats = 1 } = scenario;
      const length = contestant === JUDGED ? (settings.quick ? quickRepeats : repeats) : 1;
      return Array.from({ length }, () => ({ scenario, contestant, seconds, weight }));
    }),
  );
  // What runs alone comes last: until it may begin, nothing else may.
  const isAlone = ({ scenario }) => Number(scenario.weight === Infinity);
  return jobs.sort((a, b) => isAlone(a) - isAlone(b) || b.seconds - a.seconds);
}

function clientsOf({ clients = Object.keys(CONTESTANTS), quickClients = [JUDGED] }, settings) {
  const wanted = settings.clients ?? (settings.quick ? quickClients : clients);
  return wanted.filter((name) => clients.includes(name));
}
