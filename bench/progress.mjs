// The progress of a run, and its remaining time.

export class Progress {
  #planned;
  #total;
  #done = 0;
  #start = performance.now();
  #current = '';

  /** @param scenarios in the order of the run; their `seconds` are estimates, which the run corrects */
  constructor(scenarios) {
    this.#planned = scenarios.map(({ seconds }) => seconds);
    this.#total = this.#planned.reduce((sum, seconds) => sum + seconds, 0);
  }

  begin(index, title) {
    this.#current = `[${index + 1}/${this.#planned.length}] ${title}, ${this.#left()} left`;
    if (!process.stdout.isTTY) console.log(this.#current);
  }

  /** Prints the current step, in a line that the next one overwrites. */
  now(what) {
    if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${this.#current}: ${what}`);
  }

  end(index) {
    this.#done += this.#planned[index];
    if (process.stdout.isTTY) process.stdout.write('\r\x1b[K');
  }

  #left() {
    const elapsed = (performance.now() - this.#start) / 1000;
    const pace = this.#done === 0 ? 1 : elapsed / this.#done;
    const left = Math.round((this.#total - this.#done) * pace);
    return left < 90 ? `about ${left} s` : `about ${Math.round(left / 60)} min`;
  }
}
