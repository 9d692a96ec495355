/** The value that 95 of 100 do not exceed; `undefined` of none. */
export function p95Of(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))];
}
