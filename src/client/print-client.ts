import type { AxiosRequestConfig } from 'axios';
import { isSecretName, redactHeaders, redactURL } from '../util/redact';
import { withoutUndefined } from '../util/without-undefined';
import type { Config } from './config';
import type { ResilienceSettings } from './resilience-options';

/** The options that a client works with, for a log: without secrets, and in the units of the options. */
export function describeClient(config: Config, defaults: AxiosRequestConfig): Record<string, unknown> {
  const { token, tokenHosts, retry, redirects, requestContext, maxResponseSize, trustEnv, transport, plugins } = config;
  const { baseURL, headers, ...others } = config.axios;
  // Interceptors and setup code may have changed these; they apply to the next call.
  const { timeout = 0, deadline = Infinity, retryAttempts = config.retryAttempts } = defaults;
  const base = defaults.baseURL ?? baseURL;
  return {
    ...(config.identity.name !== undefined && { name: config.identity.name }),
    ...(base !== undefined && { baseURL: redactURL(base) }),
    timeout: timeout === 0 ? Infinity : timeout / 1000,
    deadline,
    retryAttempts,
    retry: { ...withoutUndefined(retry) },
    ...describeResilience(config.resilience),
    token,
    tokenHosts: tokenHosts ?? 'all',
    redirects: redirects.redirects,
    redirectHosts: redirects.hosts ?? 'all',
    transport: transport.name,
    connections: { maxIdle: config.connections.maxIdle / 1000, maxAge: config.connections.maxAge / 1000 },
    requestContext: requestContext ?? false,
    maxResponseSize: maxResponseSize === -1 ? Infinity : maxResponseSize,
    trustEnv,
    ...(config.logErrorBody && { logErrorBody: true }),
    ...(headers && { headers: redactHeaders(Object.entries(headers)) }),
    ...(plugins.length > 0 && { plugins: plugins.map(({ name }) => name) }),
    ...Object.fromEntries(describeOptions(others, 0)),
  };
}

/** Without `origins`, which are no settings, and what is kept there may name customers. */
function describeResilience(settings: ResilienceSettings): Record<string, unknown> {
  const { backpressure, concurrency, circuitBreaker, hedging, rateLimit, partition } = settings;
  return {
    backpressure: { ...backpressure },
    concurrency: { ...concurrency },
    circuitBreaker: circuitBreaker && { ...circuitBreaker },
    hedging: hedging && { delay: hedging.delay, methods: [...hedging.methods] },
    rateLimit: rateLimit && { ...withoutUndefined(rateLimit), ...(rateLimit.store && { store: 'shared' }) },
    ...(partition && { partition: 'a function' }),
  };
}

/** Levels of plain objects that are shown: an option may lead back to itself. */
const MAX_DEPTH = 3;

function describeOptions(options: object, depth: number): [string, unknown][] {
  return Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]: [string, unknown]) => [name, isSecretName(name) ? '***' : describeValue(value, depth)]);
}

function describeValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactURL(value);
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return value;
  const prototype = Object.getPrototypeOf(value) as { readonly constructor: { readonly name: string } } | null;
  if (prototype === Object.prototype || prototype === null) {
    return depth === MAX_DEPTH ? '…' : Object.fromEntries(describeOptions(value, depth + 1));
  }
  // An agent holds keys and passwords, and a list any value.
  return prototype.constructor.name;
}
