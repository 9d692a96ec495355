import axios, { type AxiosAdapter, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { callOf } from '../call-of';
import { cancelledBy } from '../errors/cancelled';
import { createException, type Facts } from '../errors/create';
import { isError } from '../errors/is-error';
import { codeOfNodeError, describeNodeError } from '../errors/node-errors';
import { expiryException, startClock } from './clock';

/**
 * Puts a clock around the adapter of a config, unless it is `own`, which keeps time itself.
 * Users, axios-mock-adapter and axios-cache-interceptor bring adapters of their own.
 */
export function timekeeper(own: AxiosAdapter): (config: InternalAxiosRequestConfig) => void {
  const clocked = new WeakSet<AxiosAdapter>([own]);
  return (config) => {
    const { adapter } = config;
    if (typeof adapter === 'function' && clocked.has(adapter)) return;
    config.adapter = withClock(axios.getAdapter(adapter, config as never));
    clocked.add(config.adapter);
  };
}

/**
 * Puts the client's clock around an adapter that has none, or has axios's idle timer for one.
 * How far such an adapter got cannot be told, so that a timeout of its says phase `headers`.
 */
export function withClock(adapter: AxiosAdapter): AxiosAdapter {
  return async (config) => {
    const call = callOf(config);
    const { signal, timeout } = config;
    const controller = new AbortController();
    const { promise: end, reject: endWith } = rejector();
    const facts = { call, config, phase: 'headers' } as const;
    const stop = startClock(config, call, (expiry) => {
      endWith(expiryException(expiry, facts));
      controller.abort();
    });
    const onAbort = (): void => {
      endWith(cancelledBy((signal as AbortSignal).reason, facts));
      controller.abort();
    };
    signal?.addEventListener?.('abort', onAbort);
    try {
      return await Promise.race([run(adapter, Object.assign(config, { signal: controller.signal, timeout: 0 })), end]);
    } catch (thrown) {
      throw adapterException(thrown, facts);
    } finally {
      stop();
      signal?.removeEventListener?.('abort', onAbort);
      Object.assign(config, { signal, timeout });
    }
  };
}

/** A plain error of an adapter's says nothing of its request; with its config, it can be told apart and retried. */
function adapterException(thrown: unknown, facts: Facts): unknown {
  if (axios.isAxiosError(thrown) || axios.isCancel(thrown)) return thrown;
  const cause = isError(thrown) ? thrown : new Error(String(thrown));
  return createException(codeOfNodeError(cause) ?? 'REQUEST_FAILED', {
    ...facts,
    cause,
    detail: describeNodeError(cause),
  });
}

// An adapter may throw before it returns a promise.
async function run(adapter: AxiosAdapter, config: InternalAxiosRequestConfig): Promise<AxiosResponse> {
  return adapter(config);
}

function rejector(): { promise: Promise<never>; reject: (error: Error) => void } {
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<never>((_, rejectPromise) => {
    reject = rejectPromise;
  });
  return { promise, reject };
}
