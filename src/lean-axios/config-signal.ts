import type { InternalAxiosRequestConfig } from 'axios';
import type { LazySignal } from '../util/lazy-signal';

type RequestConfig = InternalAxiosRequestConfig;

/** A config whose call belongs to an inbound request. */
interface Served {
  signal?: unknown;
  readonly call?: { readonly inbound?: LazySignal | undefined } | undefined;
}

/** Whether `peekSignal` reads the property. */
let isPeeking = false;

/** One for all configs, so that V8 gives them one shape. */
const INBOUND: PropertyDescriptor & ThisType<Served> = {
  get() {
    const inbound = this.call?.inbound;
    return isPeeking ? inbound : inbound?.signal;
  },
  set(value: unknown) {
    Object.defineProperty(this, 'signal', { value, writable: true, enumerable: true, configurable: true });
  },
  enumerable: true,
  configurable: true,
};

/** Makes `config.signal` that of the inbound request, which is not made before somebody reads it. */
export function addInboundSignal(config: RequestConfig): void {
  Object.defineProperty(config, 'signal', INBOUND);
}

/** The signal of a config. That of an inbound request is not made for it. */
export function peekSignal(config: Pick<RequestConfig, 'signal'>): AbortSignal | LazySignal | undefined {
  isPeeking = true;
  try {
    return config.signal as AbortSignal | LazySignal | undefined;
  } finally {
    isPeeking = false;
  }
}
