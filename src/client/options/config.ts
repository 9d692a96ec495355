import type { AxiosRequestConfig } from 'axios';
import { wrongOption } from '../../checks/wrong-option';
import { checkAxiosOptions } from '../../checks/axios-options';
import { checkHeaders } from '../../checks/headers';
import { hostPatterns } from '../../checks/host-patterns';
import { kindOf, valueOrKind } from '../../checks/kind-of';
import { located } from '../../checks/located';
import { checkBoolean, checkInteger, checkSeconds, checkURL } from '../../checks/values';
import { newIdentity, type ClientIdentity } from '../../events/client-identity';
import { resolveRequestContext, type RequestContextSettings } from '../../plugins/attempt-headers';
import { checkPlugin, type Plugin } from '../../plugins/plugin';
import { resolveRetry, type RetryPolicy } from '../../resilience/retry-options';
import { defaultTokenSource, describeTokenOption } from '../../tokens/sources/default-token-source';
import type { TokenSource } from '../../tokens/sources/token-source';
import { resolveConnections, type ConnectionLimits, type ConnectionOptions } from '../../transports/connections';
import { httpTransport } from '../../transports/http';
import type { Transport } from '../../transports/transport';
import { resolveRedirects, type RedirectPolicy } from '../../wire/redirect-policy';
import { toMilliseconds } from '../../call/clock';
import type { HTTPClientOptions } from './client-options';
import type { ResilienceSettings } from './resilience-options';
import { snapshot } from './snapshot';
import { takeResilience } from './take-resilience';
import { ownOptions } from '../../util/own-options';
import { callOptionNames, readClientOptions } from './unknown-options';

/** Options with all defaults filled in and all values checked. */
export interface Config {
  /** How messages name the client. */
  readonly identity: ClientIdentity;
  /** Used when a call has no token; `undefined` sends none. */
  readonly tokenSource: TokenSource | undefined;
  /** Where tokens come from, for a log. */
  readonly token: string;
  readonly tokenHosts: readonly string[] | undefined;
  /** Milliseconds, as in axios; 0 for no limit. */
  readonly timeout: number;
  readonly retryAttempts: number;
  /** Seconds. */
  readonly deadline: number;
  readonly retry: RetryPolicy;
  readonly resilience: ResilienceSettings;
  /** Bytes; -1 for no limit, as in axios. */
  readonly maxResponseSize: number;
  readonly trustEnv: boolean;
  readonly logErrorBody: boolean;
  readonly transport: Transport;
  /** For connections of the client's own. */
  readonly connections: ConnectionLimits;
  readonly plugins: readonly Plugin[];
  /** `undefined` if calls do not take part in the context. */
  readonly requestContext: RequestContextSettings | undefined;
  readonly redirects: RedirectPolicy;
  /** The names that a call accepts as options. */
  readonly callOptions: ReadonlySet<string>;
  /** Passed on to axios unchanged. */
  readonly axios: AxiosRequestConfig;
}

/**
 * Checks the options of a client, and fills in the defaults.
 *
 * @throws TypeError or RangeError that names the client, if it has a name, the option, the expectation and the value
 */
export function resolve(given: HTTPClientOptions = {}, env: NodeJS.ProcessEnv = process.env): Config {
  const name = nameIn(given);
  return name === undefined ? resolveAll(given, env) : located(name, () => resolveAll(given, env));
}

/** The name for messages, before anything is checked; a function has one that is no option. */
function nameIn(given: unknown): string | undefined {
  if (typeof given !== 'object') return undefined;
  const name: unknown = Object.getOwnPropertyDescriptor(Object(given), 'name')?.value;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

function resolveAll(given: HTTPClientOptions, env: NodeJS.ProcessEnv): Config {
  const { name, ...options } = takeResilience(readClientOptions(given));
  return Object.freeze({ identity: newIdentity(name), ...resolveOthers(ownOptions(options), env) });
}

function resolveOthers(options: Omit<ResolvedOptions, 'name'>, env: NodeJS.ProcessEnv): Omit<Config, 'identity'> {
  const {
    resilience,
    token,
    tokenHosts,
    timeout = 5,
    retryAttempts = 3,
    deadline = Infinity,
    retry,
    maxResponseSize = 100 * 1024 * 1024,
    trustEnv = false,
    logErrorBody = false,
    transport = 'http',
    connections,
    plugins = [],
    requestContext = {},
    redirects,
    redirectHosts,
    extraOptions,
    ...rest
  } = options;
  checkValues({ timeout, retryAttempts, deadline, maxResponseSize, trustEnv, logErrorBody });
  return {
    ...resolveToken({ token, tokenHosts }, env, trustEnv),
    timeout: toMilliseconds(timeout),
    retryAttempts,
    deadline,
    retry: resolveRetry(retry),
    resilience,
    maxResponseSize: maxResponseSize === Infinity ? -1 : maxResponseSize,
    trustEnv,
    logErrorBody,
    ...resolveTransport(transport, connections, trustEnv),
    plugins: resolvePlugins(plugins),
    requestContext: resolveRequestContext(requestContext),
    redirects: resolveRedirects({ redirects, redirectHosts }),
    callOptions: callOptionNames(extraOptions),
    axios: readAxiosOptions(rest),
  };
}

type ResolvedOptions = ReturnType<typeof takeResilience>;

type Values = Required<
  Pick<HTTPClientOptions, 'timeout' | 'retryAttempts' | 'deadline' | 'maxResponseSize' | 'trustEnv' | 'logErrorBody'>
>;

function checkValues({ timeout, retryAttempts, deadline, maxResponseSize, ...flags }: Values): void {
  checkSeconds('timeout', timeout);
  checkInteger('retryAttempts', retryAttempts, 0, 10);
  checkSeconds('deadline', deadline);
  if (maxResponseSize !== Infinity) checkInteger('maxResponseSize', maxResponseSize, 0, Number.MAX_SAFE_INTEGER);
  for (const [name, value] of Object.entries(flags)) checkBoolean(name, value);
}

function resolveToken(
  { token, tokenHosts }: Pick<HTTPClientOptions, 'token' | 'tokenHosts'>,
  env: NodeJS.ProcessEnv,
  trustEnv: boolean,
): Pick<Config, 'tokenSource' | 'token' | 'tokenHosts'> {
  return {
    tokenSource: defaultTokenSource(token, env, trustEnv),
    token: describeTokenOption(token, env),
    tokenHosts: hostPatterns('tokenHosts', tokenHosts),
  };
}

function readAxiosOptions(rest: Pick<HTTPClientOptions, 'headers' | 'baseURL'>): AxiosRequestConfig {
  const axios = ownOptions(rest);
  // Now: a URL object may be changed later.
  if (axios.baseURL instanceof URL) Object.assign(axios, { baseURL: axios.baseURL.href });
  checkHeaders(axios.headers);
  if (axios.baseURL !== undefined) checkURL('baseURL', axios.baseURL);
  checkAxiosOptions(axios);
  return snapshot(axios) as AxiosRequestConfig;
}

function resolveTransport(
  transport: 'http' | Transport | null,
  options: ConnectionOptions | undefined,
  trustEnv: boolean,
): Pick<Config, 'transport' | 'connections'> {
  const connections = resolveConnections(options);
  if (transport === 'http') return { transport: httpTransport(connections, trustEnv), connections };
  if (typeof transport !== 'object' || transport === null || typeof transport.dispatch !== 'function') {
    throw wrongOption(
      'transport',
      "be 'http' or a transport",
      valueOrKind(transport, 'word'),
      transportAdvice(transport),
    );
  }
  // Without the option, it stays the same object: clients that share a transport share its connections.
  return { transport: (options && transport.withLimits?.(connections)) ?? transport, connections };
}

function transportAdvice(given: unknown): string | undefined {
  if (given === 'undici') return "write `undici()`, imported from '@hdms/http-client/undici'";
  return typeof given === 'function' ? 'call it, as in `undici()`' : undefined;
}

function resolvePlugins(plugins: readonly Plugin[]): readonly Plugin[] {
  if (!(Array.isArray as (value: unknown) => boolean)(plugins))
    throw wrongOption('plugins', 'be a list of plugins', kindOf(plugins));
  for (const plugin of plugins) checkPlugin(plugin);
  return [...plugins];
}
