import type { InternalAxiosRequestConfig } from 'axios';
import type { Call } from '../call/call';
import { callOf } from '../call/call-of';
import type { RequestContext } from '../context/inbound-context';
import { currentContext } from '../context/run-in-context';
import { formatTimeout } from '../context/timeout-header';
import { childOf } from '../context/traceparent';
import { createException } from '../errors/create';
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

type Config = InternalAxiosRequestConfig;

/**
 * Lets a call belong to the request that is being served: it carries the id and the trace of that, ends when the time for that
 * is over, and is cancelled with it. A caller's own headers are never overwritten.
 *
 * @see W3C Trace Context, section 3.2; W3C Baggage
 */
export function requestContext(): Plugin {
  function join(config: Config): Config {
    const context = currentContext();
    const call = callOf(config);
    const before = call.previous?.context;
    if (before && before !== context) takeBack(config, before);
    if (context === undefined) return config;
    call.context = context;
    if (context.deadline !== undefined) endBy(context.deadline, config, call);
    addHeaders(config, context);
    return config;
  }

  return {
    name: 'request-context',
    ring: 'call',
    install(http) {
      http.interceptors.request.use(join, undefined, { synchronous: true });
    },
  };
}

/** Tells the other service which attempt it sees, from the second one on, and in a context how long it has. */
export function attemptContext({ timeoutHeader, margin }: RequestContextSettings): Plugin {
  const number = new AttemptHeader('X-Request-Attempt');
  const timeLeft = new AttemptHeader(timeoutHeader);

  function stamp(config: Config): Config {
    const call = callOf(config);
    const { context, nextAttempt, previous } = call;
    // What is done for a retry is part of that retry: else the service after the next would begin to count anew.
    const attempt = nextAttempt + (context?.attempt ?? 1) - 1;
    if (attempt > 1) number.write(config, call, String(attempt));
    else if (previous) number.write(config, call, undefined);
    if (context || previous) timeLeft.write(config, call, context && timeoutOf(config, call));
    return config;
  }

  function timeoutOf({ timeout = 0 }: Config, { limit, remaining }: Call): string | undefined {
    if (limit === Infinity) return undefined;
    // Nobody waits for an attempt longer than its own timeout.
    const left = timeout === 0 ? remaining : Math.min(remaining, timeout);
    // The other service may have the answer at hand: that nothing can be done in 1 ms is not for us to say.
    return formatTimeout(timeoutHeader, Math.max(1, Math.floor(left - margin * 1000)));
  }

  return {
    name: 'request-context',
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

  write({ headers }: Config, call: Call, value: string | undefined): void {
    const { name } = this;
    const there = keyOf(headers, this.#lowerName);
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

/** In whatever letters a header is there. Each question that AxiosHeaders is asked costs more. */
function keyOf(headers: object, lowerName: string): string | undefined {
  for (const key of Object.keys(headers)) {
    if (key.length === lowerName.length && key.toLowerCase() === lowerName) return key;
  }
  return undefined;
}

type Header = readonly [name: string, value: string, lowerName: string];

/** Those that are the same for every call of a context. */
const constant = new WeakMap<RequestContext, readonly Header[]>();

function headersOf(context: RequestContext): readonly Header[] {
  const known = constant.get(context);
  if (known) return known;
  const { requestId, tracestate, baggage, headers } = context;
  const all = Object.entries({ 'X-Request-Id': requestId, tracestate, baggage, ...headers });
  const made = all.flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value, name.toLowerCase()] as const],
  );
  constant.set(context, made);
  return made;
}

function addHeaders({ headers }: Config, context: RequestContext): void {
  for (const [name, value, lowerName] of headersOf(context)) {
    if (keyOf(headers, lowerName) === undefined) headers[name] = value;
  }
  const { trace } = context;
  if (trace && keyOf(headers, 'traceparent') === undefined) headers['traceparent'] = childOf(trace);
}

/** A config that is sent again brings the headers of the request that was being served then. What is the caller's own stays. */
function takeBack({ headers }: Config, context: RequestContext): void {
  for (const [, value, lowerName] of headersOf(context)) {
    const there = keyOf(headers, lowerName);
    if (there !== undefined && headers[there] === value) headers.delete(there);
  }
  const { trace } = context;
  const there = keyOf(headers, 'traceparent');
  if (trace && there !== undefined && String(headers[there]).includes(`-${trace.id}-`)) headers.delete(there);
}

function endBy(deadline: number, config: Config, call: Call): void {
  call.endBy(deadline);
  if (call.remaining > 0) return;
  const detail = 'the time of the request that is being served was over before the call began';
  throw createException('DEADLINE_EXCEEDED', { call, config, sent: 'no', phase: 'connect', detail });
}
