// Prints the mean response time of a simulated queue, for which there is a formula.
import { pathToFileURL } from 'node:url';

const [folder, name, workers, load] = process.argv.slice(2);
const moduleOf = (file) => import(pathToFileURL(`${folder}/${file}`).href);
const { Events } = await moduleOf('fleet/simulation/events.mjs');
const { [name]: Queue } = await moduleOf('fleet/simulation/queues.mjs');
const { seeded } = await moduleOf('storm/random.mjs');

const WORK = 0.02;
const events = new Events();
const queue = new Queue(events, Number(workers));
const random = seeded(3);
const exponential = (mean) => -Math.log(1 - random()) * mean;
let responses = 0;
let seconds = 0;
arrive();
events.runUntil((400 * 20) / Number(workers));
console.log(seconds / responses);

function arrive() {
  const arrivedAt = events.now;
  queue.add({
    work: exponential(WORK),
    done: () => {
      responses += 1;
      seconds += events.now - arrivedAt;
    },
  });
  events.afterRandom(exponential(WORK / (Number(workers) * Number(load))), arrive);
}
