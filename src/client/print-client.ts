import type { AxiosRequestConfig } from 'axios';
import { describeOptions } from '../util/describe-options';
import { redactHeaders, redactURL } from '../util/redact';
import { withoutUndefined } from '../util/without-undefined';
import type { Config } from './options/config';
import type { ResilienceSettings } from './options/resilience-options';

/** The options that a client works with, for a log: without secrets, and in the units of the options. */
export function describeClient(config: Config, defaults: AxiosRequestConfig): Record<string, unknown> {
  const { token, tokenHosts, retry, redirects, requestContext, maxResponseSize, trustEnv, transport, plugins } = config;
  const { baseURL, headers, ...others } = config.axios;
  const { maxIdle, maxAge, perOrigin } = config.connections;
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
    connections: { maxIdle: maxIdle / 1000, maxAge: maxAge / 1000, perOrigin },
    requestContext: requestContext ?? false,
    maxResponseSize: maxResponseSize === -1 ? Infinity : maxResponseSize,
    trustEnv,
    ...(config.logErrorBody && { logErrorBody: true }),
    ...(headers && { headers: redactHeaders(Object.entries(headers)) }),
    ...(plugins.length > 0 && { plugins: plugins.map(({ name }) => name) }),
    ...describeOptions(others),
  };
}

/** Without `origins`: they are not settings, and their keys may name customers. */
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
