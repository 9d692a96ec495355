import type { Attempt } from '../journal/attempt';

/**
 * The attempts of a call in one line: outcome and time of each, and the waits between them, as in
 * `503 13ms, +0.5s, TIMEOUT 1.003s, +1s, 200 8ms`. `replay` stands where an attempt was repeated at once, `hedge` before an
 * attempt that was started while the one before it was still in progress.
 */
export function printAttempts(attempts: readonly Attempt[]): string {
  const parts = attempts.flatMap((attempt, index) => {
    const { outcome = 'in progress', elapsed, hedge } = attempt;
    const text = `${hedge ? 'hedge ' : ''}${outcome} ${printSeconds(elapsed)}`;
    return index === 0 || hedge ? text : [stepAfter(attempts.slice(0, index)), text];
  });
  return parts.join(', ');
}

function stepAfter(before: readonly Attempt[]): string {
  // The decision about two attempts at once stands at one of them.
  const { decision, wait = 0 } = before.findLast((one) => one.decision !== undefined) ?? {};
  return decision === 'retry' ? `+${Math.round(wait * 1000) / 1000}s` : 'replay';
}

function printSeconds(seconds: number): string {
  const milliseconds = Math.round(seconds * 1000);
  return milliseconds < 1000 ? `${milliseconds}ms` : `${milliseconds / 1000}s`;
}
