import type { InternalAxiosRequestConfig } from 'axios';
import type { Call } from '../call/call';
import { callOf } from '../call/call-of';
import { formatTimeout } from '../context/timeout-header';
import { findName } from '../util/header-names';
import type { Plugin } from './plugin';

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

type RequestConfig = InternalAxiosRequestConfig;

/** Tells the other service which attempt it sees, from the second one on, and in a context how long it has. */
export function attemptHeaders({ timeoutHeader, margin }: RequestContextSettings): Plugin {
  const number = new AttemptHeader('X-Request-Attempt');
  const timeLeft = new AttemptHeader(timeoutHeader);

  function stamp(config: RequestConfig): RequestConfig {
    const call = callOf(config);
    const { context, nextAttempt, previous } = call;
    // What is done for a retry is part of that retry: else the service after the next would begin to count anew.
    const attempt = nextAttempt + (context?.attempt ?? 1) - 1;
    if (attempt > 1) number.write(config, call, String(attempt));
    else if (previous) number.write(config, call, undefined);
    if (context || previous) timeLeft.write(config, call, context && timeoutOf(config, call));
    return config;
  }

  function timeoutOf({ timeout = 0 }: RequestConfig, { limit, remaining }: Call): string | undefined {
    if (limit === Infinity) return undefined;
    // Nobody waits for an attempt longer than its own timeout.
    const left = timeout === 0 ? remaining : Math.min(remaining, timeout);
    // The other service may have the answer at hand: that nothing can be done in 1 ms is not for us to say.
    return formatTimeout(timeoutHeader, Math.max(1, Math.floor(left - margin * 1000)));
  }

  return {
    name: 'attempt-headers',
    ring: 'attempt',
    install(http) {
      http.interceptors.request.use(stamp, undefined, { synchronous: true });
    },
  };
}

/** A header that differs from attempt to attempt. That of the attempt before comes back, and must not pass for the caller's. */
class AttemptHeader {
  readonly #lowerName;

  constructor(private readonly name: string) {
    this.#lowerName = name.toLowerCase();
  }

  write({ headers }: RequestConfig, call: Call, value: string | undefined): void {
    const { name } = this;
    const there = findName(headers, this.#lowerName);
    if (there !== undefined) {
      const written = call.stamps?.[name] ?? call.previous?.stamps?.[name];
      if (headers[there] !== written) return;
      headers.delete(there);
    }
    if (value === undefined) return;
    headers[name] = value;
    (call.stamps ??= {})[name] = value;
  }
}
