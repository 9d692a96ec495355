import type { AxiosRequestConfig } from 'axios';
import { checkShapes } from '../checks/axios-options';
import { checkHeaders } from '../checks/headers';
import { checkNames, checkOptions } from '../checks/names';
import {
  checkBoolean,
  checkInteger,
  checkNumber,
  checkOneOf,
  checkSeconds,
  checkToken,
  checkURL,
} from '../checks/values';
import { checkHeaderNames } from '../context/forwarded-headers';
import { TIMEOUT_HEADER } from '../context/timeout-header';
import { AXIOS_OPTIONS, CLIENT_OPTIONS, CONTEXT_OPTIONS, RETRY_OPTIONS } from './option-names';
import type { HTTPClientOptions } from './options';
import { checkPlugin, type Plugin } from '../plugins/plugin';
import type { RequestContextOptions, RequestContextSettings } from '../plugins/attempt-headers';
import type { RetryOptions, RetryPolicy } from '../resilience/retry-policy';
import { envToken } from '../tokens/sources/env-token';
import { firstOf } from '../tokens/sources/first-of';
import { staticToken } from '../tokens/sources/static-token';
import { tokenService } from '../tokens/sources/token-service';
import type { TokenSource } from '../tokens/sources/token-source';
import { httpTransport } from '../transports/http';
import type { Transport } from '../transports/transport';

/** Options with every default filled in and every value checked. */
export interface Config {
  /** Where tokens come from when the call brings none; `undefined` sends none. */
  readonly tokenSource: TokenSource | undefined;
  readonly tokenHosts: readonly string[] | undefined;
  /** Milliseconds, as axios counts; 0 for no limit. */
  readonly timeout: number;
  readonly retryAttempts: number;
  /** Seconds. */
  readonly deadline: number;
  readonly retry: RetryPolicy;
  /** Bytes; -1 for no limit, as axios says it. */
  readonly maxResponseSize: number;
  readonly trustEnv: boolean;
  readonly transport: Transport;
  readonly plugins: readonly Plugin[];
  /** `undefined` keeps calls out of the context. */
  readonly requestContext: RequestContextSettings | undefined;
  /** What goes to axios as it is. */
  readonly axios: AxiosRequestConfig;
}

/**
 * Checks what a service passed in, and fills in the defaults.
 *
 * @throws TypeError or RangeError that names the option, what it must be, and what it was
 */
export function resolve(options: HTTPClientOptions = {}, env: NodeJS.ProcessEnv = process.env): Config {
  checkOptions(options);
  checkNames('option', options, new Set([...CLIENT_OPTIONS, ...AXIOS_OPTIONS]), false);
  const {
    token,
    tokenHosts,
    timeout = 5,
    retryAttempts = 3,
    deadline = Infinity,
    retry,
    maxResponseSize = 100 * 1024 * 1024,
    trustEnv = false,
    transport = 'http',
    plugins = [],
    requestContext = {},
    ...axios
  } = options;
  checkSeconds('timeout', timeout);
  checkInteger('retryAttempts', retryAttempts, 0, 10);
  checkSeconds('deadline', deadline);
  if (maxResponseSize !== Infinity) checkInteger('maxResponseSize', maxResponseSize, 0, Number.MAX_SAFE_INTEGER);
  checkBoolean('trustEnv', trustEnv);
  checkHeaders(axios.headers);
  checkShapes(axios);
  if (axios.baseURL !== undefined) checkURL('baseURL', axios.baseURL);
  return Object.freeze({
    tokenSource: resolveToken(token, env),
    tokenHosts: resolveHosts(tokenHosts),
    timeout: toMilliseconds(timeout),
    retryAttempts,
    deadline,
    retry: resolveRetry(retry),
    maxResponseSize: maxResponseSize === Infinity ? -1 : maxResponseSize,
    trustEnv,
    transport: resolveTransport(transport),
    plugins: resolvePlugins(plugins),
    requestContext: resolveContext(requestContext),
    axios: axios as AxiosRequestConfig,
  });
}

/** Seconds as axios counts them: whole milliseconds, 0 for no limit. */
export function toMilliseconds(seconds: number): number {
  return seconds === Infinity ? 0 : Math.max(1, Math.round(seconds * 1000));
}

function resolveToken(token: HTTPClientOptions['token'], env: NodeJS.ProcessEnv): TokenSource | undefined {
  if (token === null) return undefined;
  if (typeof token === 'function') return { getToken: token };
  if (typeof token === 'object' && typeof token.getToken === 'function') return token;
  if (token !== undefined) {
    checkToken('token', token);
    return staticToken(token as string);
  }
  return env['TOKEN_SERVICE_URL'] ? firstOf(envToken(env), serviceOf(env)) : envToken(env);
}

function serviceOf(env: NodeJS.ProcessEnv): TokenSource {
  return tokenService({
    url: env['TOKEN_SERVICE_URL'] ?? '',
    clientId: env['TOKEN_SERVICE_CLIENT_ID'] ?? '',
    clientSecret: env['TOKEN_SERVICE_CLIENT_SECRET'] ?? '',
    ...(env['TOKEN_SERVICE_SCOPE'] ? { scope: env['TOKEN_SERVICE_SCOPE'] } : {}),
  });
}

function resolveRetry(retry: RetryOptions = {}): RetryPolicy {
  if (typeof retry !== 'object' || (retry as unknown) === null) {
    throw new TypeError('Option `retry` must be an object of retry options; the number of retries is `retryAttempts`');
  }
  checkNames('`retry` option', retry, new Set(RETRY_OPTIONS), false);
  const { base = 0.5, factor = 2, cap = 30, jitter = 'none', maxRetryAfter = 30 } = retry;
  const { unsafeMethods = 'always', whileServingRetry = false } = retry;
  checkNumber('retry.base', base, 0, 3600);
  checkNumber('retry.factor', factor, 1, 100);
  checkNumber('retry.cap', cap, 0, 3600);
  checkNumber('retry.maxRetryAfter', maxRetryAfter, 0, 86_400);
  checkOneOf('retry.jitter', jitter, ['none', 'full']);
  checkOneOf('retry.unsafeMethods', unsafeMethods, ['always', 'when-not-sent', 'never']);
  checkBoolean('retry.whileServingRetry', whileServingRetry);
  return { base, factor, cap, jitter, maxRetryAfter, unsafeMethods, whileServingRetry };
}

function resolveContext(options: RequestContextOptions | false): RequestContextSettings | undefined {
  if (options === false) return undefined;
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw new TypeError('Option `requestContext` must be an object of options, or false');
  }
  checkNames('`requestContext` option', options, new Set(CONTEXT_OPTIONS), false);
  const { timeoutHeader = TIMEOUT_HEADER, margin = 0.02 } = options;
  if (typeof timeoutHeader !== 'string') {
    throw new TypeError('Option `requestContext.timeoutHeader` must be the name of a header');
  }
  checkHeaderNames('requestContext.timeoutHeader', [timeoutHeader]);
  checkNumber('requestContext.margin', margin, 0, 60);
  return { timeoutHeader, margin };
}

function resolveHosts(hosts: readonly string[] | undefined): readonly string[] | undefined {
  if (hosts === undefined) return undefined;
  const isHost = (host: unknown): boolean => typeof host === 'string' && /^(\*\.)?[^\s/@*]+$/.test(host);
  if (!(Array.isArray as (value: unknown) => boolean)(hosts) || !hosts.every(isHost)) {
    throw new TypeError(
      "Option `tokenHosts` must be a list of hosts like 'user-service', 'user-service:8000' or '*.internal'",
    );
  }
  return hosts.map((host) => host.toLowerCase());
}

function resolveTransport(transport: 'http' | Transport | null): Transport {
  if (transport === 'http') return httpTransport();
  if (typeof transport === 'object' && transport !== null && typeof transport.dispatch === 'function') return transport;
  throw new TypeError("Option `transport` must be 'http' or a transport");
}

function resolvePlugins(plugins: readonly Plugin[]): readonly Plugin[] {
  if (!(Array.isArray as (value: unknown) => boolean)(plugins))
    throw new TypeError('Option `plugins` must be a list of plugins');
  for (const plugin of plugins) checkPlugin(plugin);
  return [...plugins];
}
