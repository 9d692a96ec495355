// Runs the calls, several at once over each transport, and judges each of them.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { makeCall } from './caller.mjs';
import { judge, timeLimit } from './judge/judge.mjs';
import { permittedRequests } from './judge/requests.mjs';
import { KINDS } from './kinds/index.mjs';
import { planOf } from './plan.mjs';

/** Milliseconds in which a request that was on its way when its call ended arrives. */
const AFTERMATH = 50;

export class Storm {
  #settings;
  #clients;
  #service;
  #records;
  #tally;
  #plant;
  #onFault;
  #delay = monitorEventLoopDelay({ resolution: 5 });

  constructor(settings, { clients, service, records, tally, plant, onFault }) {
    this.#settings = settings;
    this.#clients = clients;
    this.#service = service;
    this.#records = records;
    this.#tally = tally;
    this.#plant = plant;
    this.#onFault = onFault;
    this.#delay.enable();
  }

  /** Makes the calls with these indices. */
  async run(indices) {
    const { concurrency, transports } = this.#settings;
    const aftermath = new Set();
    const work = async (queue) => {
      for (let plan = queue.pop(); plan; plan = queue.pop()) await this.#call(plan, aftermath);
    };
    const plans = indices.map((index) => this.planOf(index)).reverse();
    await Promise.all(
      transports.flatMap((transport) => {
        const queue = plans.filter((plan) => plan.transport === transport);
        return Array.from({ length: concurrency }, () => work(queue));
      }),
    );
    await Promise.all(aftermath);
  }

  stop() {
    this.#delay.disable();
  }

  planOf(index) {
    const { seed, transports } = this.#settings;
    return planOf(index, { seed, transports, kinds: KINDS });
  }

  async #call(plan, aftermath) {
    this.#records.begin(plan);
    const call =
      this.#plant.send ??
      ((plan) => makeCall(plan, this.#service.urlOf(plan.kind, plan.index), this.#clients.of(plan)));
    const outcome = await inTime(call(plan), this.#plant.limit ?? timeLimit(plan, this.#lag));
    const judged = new Promise((resolve) => setTimeout(resolve, AFTERMATH)).then(() => {
      aftermath.delete(judged);
      this.#judge(plan, outcome);
    });
    aftermath.add(judged);
  }

  #judge(given, result) {
    const { plan: toPlan, outcome: toOutcome, record: toRecord } = this.#plant;
    const plan = toPlan?.(given) ?? given;
    const outcome = toOutcome?.(result) ?? result;
    const counted = this.#records.get(plan.index);
    const record = toRecord?.(counted) ?? counted;
    const faults = outcome.isUnsettled
      ? ['its promise did not settle in time']
      : judge(plan, outcome, record, this.#lag);
    const [, most] = permittedRequests(outcome.attempts, plan);
    this.#records.end(plan.index, most - record.requests);
    this.#tally.add(plan, outcome, record, faults);
    if (faults.length > 0) this.#onFault({ plan, outcome, record, faults, seed: this.#settings.seed });
  }

  /** The longest pause of this process so far, in milliseconds: calls that were under way may be late by as much. */
  get #lag() {
    return this.#delay.max / 1e6;
  }
}

async function inTime(call, milliseconds) {
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, milliseconds, { isUnsettled: true, milliseconds });
  });
  const outcome = await Promise.race([call, late]);
  clearTimeout(timer);
  return outcome;
}
