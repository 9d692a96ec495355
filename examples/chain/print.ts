/** Prints rows in columns. */
export function table(titles: readonly string[], rows: readonly (readonly (string | undefined)[])[]): void {
  const all = [titles, ...rows].filter(({ length }) => length > 0);
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  for (const row of all) {
    const cells = widths.map((width, column) => (row[column] ?? '').padEnd(width));
    console.log(`  ${cells.join('  ')}`.trimEnd());
  }
}

/** From `start` to `end`; below 0 if `end` came first. */
export function span(start = NaN, end = NaN): string {
  return `${(end - start).toFixed(1)} ms`;
}

export function bar(length: number): string {
  return '█'.repeat(length);
}
