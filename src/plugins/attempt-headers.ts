import type { AttemptState } from '../call/attempt-state';
import type { Call } from '../call/call';
import { formatTimeout } from '../context/timeout-header';
import { findName } from '../util/header-names';
import type { AttemptPlugin, RequestConfig } from './plugin';

export interface RequestContextOptions {
  /** Header that tells the other service how long it has. `grpc-timeout` is written with its unit. @default 'X-Request-Timeout-Ms' */
  readonly timeoutHeader?: string | undefined;
  /** Seconds that are held back from that, for the way to the other service and back. @default 0.02 */
  readonly margin?: number | undefined;
}

/** The same with every default filled in. */
export interface RequestContextSettings {
  readonly timeoutHeader: string;
  readonly margin: number;
}

/** Tells the other service which attempt it sees, from the second one on, and in a context how long it has. */
export function attemptHeaders({ timeoutHeader, margin }: RequestContextSettings): AttemptPlugin {
  const number = new AttemptHeader('X-Request-Attempt');
  const timeLeft = new AttemptHeader(timeoutHeader);

  function timeoutOf({ timeout = 0 }: RequestConfig, { limit, remaining }: Call): string | undefined {
    if (limit === Infinity) return undefined;
    // Nobody waits for an attempt longer than its own timeout.
    const left = timeout === 0 ? remaining : Math.min(remaining, timeout);
    // The other service may have the response at hand: that nothing can be done in 1 ms is not for us to say.
    return formatTimeout(timeoutHeader, Math.max(1, Math.floor(left - margin * 1000)));
  }

  return {
    name: 'attempt-headers',
    request(config, attempt) {
      const { call, previous } = attempt;
      const { context, nextAttempt } = call;
      // What is done for a retry is part of that retry: else the service after the next would begin to count anew.
      const count = nextAttempt + (context?.attempt ?? 1) - 1;
      if (count > 1 || previous) number.write(config, attempt, count > 1 ? String(count) : undefined);
      if (context || previous) timeLeft.write(config, attempt, context && timeoutOf(config, call));
    },
  };
}

/** A header that differs from attempt to attempt. A retry brings back the previous attempt's, which must not pass for the caller's. */
class AttemptHeader {
  readonly #lowerName;
  readonly #written = new WeakMap<AttemptState, string>();

  constructor(private readonly name: string) {
    this.#lowerName = name.toLowerCase();
  }

  write({ headers }: RequestConfig, attempt: AttemptState, value: string | undefined): void {
    const present = findName(headers, this.#lowerName);
    if (present !== undefined) {
      const { previous } = attempt;
      if (headers[present] !== (previous && this.#written.get(previous))) return;
      headers.delete(present);
    }
    if (value === undefined) return;
    headers[this.name] = value;
    this.#written.set(attempt, value);
  }
}
