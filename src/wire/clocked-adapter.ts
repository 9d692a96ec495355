import { Readable } from 'node:stream';
import axios, { type AxiosAdapter, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import type { Call } from '../call/call';
import { callOf } from '../call/call-of';
import { expiryException } from '../call/clock';
import { createException, type Facts } from '../errors/create';
import { codeOfNodeError, describeNodeError } from '../errors/node-errors';
import { releaseBody } from '../response/release-body';
import { toError } from '../util/is-error';
import { isWebStream } from '../util/is-web-stream';
import { AdapterWatch } from './adapter-watch';
import { freshBody } from './fresh-body';
import { sendInTrace } from './in-trace';
import { ObservedAdapter } from './observed-adapter';
import { guardRedirects } from './redirect-guard';
import type { RedirectPolicy } from './redirect-policy';

/**
 * Makes a function that wraps a config's adapter in a clock, except `own`, which enforces timeouts itself.
 * Users, axios-mock-adapter and axios-cache-interceptor set other adapters.
 *
 * @returns a function that throws DeadlineExceeded if the call has no time left, and AxiosError for an unknown adapter
 */
export function clockAdapters(
  own: AxiosAdapter,
  policy: RedirectPolicy,
): (config: InternalAxiosRequestConfig, attempt: { readonly call: Call }) => undefined {
  const clocked = new WeakSet<AxiosAdapter>([own]);
  return (config, { call }) => {
    if (call.limit !== Infinity && call.remaining <= 0) {
      throw expiryException(
        { code: 'DEADLINE_EXCEEDED', limit: call.limit },
        { call, config, sent: 'no', phase: 'connect' },
      );
    }
    if (config.adapter === own) return;
    // To axios, `http` names its own adapter, which would use a proxy from the environment.
    const names = [config.adapter ?? own].flat();
    const adapter = names.includes('http') ? own : names.length === 1 ? names[0] : names;
    config.adapter = adapter as AxiosAdapter;
    if (typeof adapter === 'function' && clocked.has(adapter)) return;
    const found = axios.getAdapter(adapter, config as never);
    config.adapter = withClock(typeof adapter === 'function' ? found : withFreshBody(found), policy);
    clocked.add(config.adapter);
  };
}

/**
 * Wraps an adapter that has no clock, or only axios's idle timer, in the client's clock.
 * The progress of such an adapter is unknown, so its timeouts report the phase `headers`.
 *
 * The wrapped adapter rejects with Timeout, DeadlineExceeded or RequestCancelled, or with the adapter's failure.
 */
function withClock(adapter: AxiosAdapter, policy: RedirectPolicy): AxiosAdapter {
  return async (config) => {
    const watch = new AdapterWatch(config);
    const guarded = guardRedirects(config, policy, watch.facts);
    const { signal, timeout, headers, validateStatus, beforeRedirect, fetchOptions } = config;
    const observed = (watch.observed = ObservedAdapter.of(config));
    // With the headers, of which this attempt sends a copy with its trace.
    const data: unknown = config.data;
    watch.original = {
      ...{ signal, timeout, headers, validateStatus },
      ...(typeof data === 'function' && { data }),
      ...(guarded && { beforeRedirect, fetchOptions }),
    };
    let sending: Promise<AxiosResponse> | undefined;
    try {
      Object.assign(config, { signal: watch.signal, timeout: 0, validateStatus: watch.validateStatus, ...guarded });
      sending = observed ? observed.send(adapter) : sendInTrace(adapter, config);
      // Not `raceWith`: of a stream, the watch goes on after the response.
      const response = await Promise.race([sending, watch.end]);
      const stream = guardBody(response, watch);
      observed?.responded(response, stream);
      return response;
    } catch (thrown) {
      watch.stop();
      // One that does not follow the signal may respond all the same.
      sending?.then(releaseBody).catch(() => undefined);
      const failure = adapterException(thrown, watch.facts);
      observed?.failed(failure);
      throw failure;
    } finally {
      Object.assign(config, watch.original);
    }
  };
}

/**
 * Makes the body that a function returns, of which an adapter of axios would send the source text. One of the caller may know
 * functions. The clock around it takes the function back.
 */
function withFreshBody(adapter: AxiosAdapter): AxiosAdapter {
  return async (config: InternalAxiosRequestConfig<unknown>) => {
    const { data, headers } = config;
    if (typeof data === 'function') config.data = freshBody(data, callOf(config), headers);
    return adapter(config);
  };
}

/** @returns the body that the caller reads, if it is a stream */
function guardBody(response: AxiosResponse, watch: AdapterWatch): Readable | undefined {
  const data: unknown = response.data;
  if (data instanceof Readable) return (watch.facts.call.stream = response.data = watch.guard(data));
  if (isWebStream(data)) {
    response.data = watch.guardWeb(data);
    return watch.facts.call.stream;
  }
  watch.stop();
  return undefined;
}

/** Adds the config to a plain error from an adapter, so that the error is recognised as this request's and can be retried. */
function adapterException(thrown: unknown, facts: Facts): unknown {
  if (axios.isAxiosError(thrown) || axios.isCancel(thrown)) return thrown;
  const cause = toError(thrown);
  return createException(codeOfNodeError(cause) ?? 'REQUEST_FAILED', {
    ...facts,
    cause,
    detail: describeNodeError(cause),
  });
}
