// Faults that a run adds on purpose, to show that it finds them.

/** By name: what it does to the outcome of a call, to its record, or to the run. */
export const PLANTS = {
  permission: { plan: (plan) => ({ ...plan, permitted: { ...plan.permitted, attempts: new Set([299]) } }) },
  duplicate: { record: (record) => ({ ...record, requests: record.requests + 1 }) },
  journal: { outcome: (outcome) => ({ ...outcome, attempts: outcome.attempts && [...outcome.attempts].slice(1) }) },
  unsettled: { send: () => new Promise(() => {}), limit: 100 },
  listener: { run: ({ clients }) => clients.sharedSignals[0].addEventListener('abort', () => {}) },
  socket: { run: ({ clients }) => (clients.close = () => {}) },
  timer: { run: () => setInterval(() => {}, 60_000) },
  memory: { outcome: (outcome) => (hoard.push(Array(20_000).fill(outcome)), outcome) },
};

const hoard = [];
