/** Texts that make a careless regular expression go back, of about `length` characters. */
const HOSTILE: readonly ((length: number) => string)[] = [
  ...['a', ' ', '/', '?', '&', ':', '@', '"', ',', '-', '.', '1', '\t', '\n', '%', '\\', '[', 'A'].map(
    (character) => (length: number) => character.repeat(length),
  ),
  ...['a ', 'a:', ':@', '?a', '&a=', '//', '""', ', ', '\n    at x', 'aA', '=;', '%2', 'json ', 'false ', 'was ('].map(
    (pair) => (length: number) => pair.repeat(length / pair.length),
  ),
];

const SHORT = 1500;
const FACTOR = 8;

/**
 * Expects that the time of `read` grows with the length of a text, not with its square: eight times the length takes less
 * than thirty times as long, where the square takes sixty-four times. Each text stands between `prefix` and `suffix`.
 */
export function expectLinear(read: (text: string) => unknown, prefix = '', suffix = ''): void {
  for (const make of HOSTILE) {
    const textOf = (length: number): string => `${prefix}${make(length)}${suffix}`;
    const [short, long] = [textOf(SHORT), textOf(SHORT * FACTOR)];
    // Below this, the clock is most of what is measured.
    const floor = 0.1;
    const isLinear = (): boolean => timeOf(read, long) < 30 * Math.max(floor, timeOf(read, short));
    if (!isLinear() && !isLinear() && !isLinear()) {
      throw new Error(`not linear in the length of ${JSON.stringify(textOf(20))}`);
    }
  }
}

/** CPU time in milliseconds: what other processes of the machine take does not count. */
function timeOf(read: (text: string) => unknown, text: string): number {
  const start = process.cpuUsage();
  read(text);
  return process.cpuUsage(start).user / 1000;
}
