// The sums of a run, by kind and transport.
export class Tally {
  #rows = new Map();
  #faults = new Map();
  calls = 0;
  faultCount = 0;

  /** @param record what the service counted */
  add({ kind, transport }, { error, response, value }, record, faults) {
    const row = this.#rowOf(kind);
    const outcome = error
      ? (error.status ?? error.code ?? error.name)
      : (response?.status ?? (value === undefined ? 'unsettled' : 'value'));
    row.calls++;
    row.requests += record.requests;
    row.outcomes[outcome] = (row.outcomes[outcome] ?? 0) + 1;
    if (faults.length > 0) row.faults[transport] = (row.faults[transport] ?? 0) + 1;
    for (const fault of faults) this.#note(`${kind.name}, ${transport}: ${withoutNumbers(fault)}`);
    this.calls++;
  }

  #note(fault) {
    this.#faults.set(fault, (this.#faults.get(fault) ?? 0) + 1);
    this.faultCount++;
  }

  /** Each fault that occurred, and how often, the most frequent first. */
  get faults() {
    return [...this.#faults].sort(([, one], [, other]) => other - one);
  }

  #rowOf({ name }) {
    let row = this.#rows.get(name);
    if (!row) this.#rows.set(name, (row = { kind: name, calls: 0, requests: 0, outcomes: {}, faults: {} }));
    return row;
  }

  get rows() {
    return [...this.#rows.values()].sort((one, other) => one.kind.localeCompare(other.kind, 'en', { numeric: true }));
  }

  get requests() {
    return this.rows.reduce((sum, { requests }) => sum + requests, 0);
  }
}

/** The same fault of two calls is one text. */
export function withoutNumbers(fault) {
  return fault.replace(/(?<=attempt |instead of )\d+(\.\d+)?|\d+(\.\d+)?(?= (?:ms|s|requests|B|bytes)\b)/g, '#');
}
