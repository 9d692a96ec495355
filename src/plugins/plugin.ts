import type { AxiosInstance, AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import type { AttemptState } from '../call/attempt-state';
import type { Call } from '../call/call';

/** Runs once per call, or once per attempt. */
export type Ring = 'call' | 'attempt';

/** An axios instance as plugins see it. */
export type HTTP = Pick<AxiosInstance, 'interceptors' | 'request'>;

/** The one shape of everything that takes part in a call. */
export interface Plugin {
  /** Names the plugin in errors. */
  readonly name: string;
  readonly ring: Ring;
  /** Attaches interceptors to `http`. An attempt plugin is attached twice: for the first attempt and for the others. */
  install(http: HTTP): void;
}

export type RequestConfig = InternalAxiosRequestConfig;

/** A plugin of this package. Those of one ring run as one interceptor, which looks up once what they share: the `Memory`. */
export interface OwnPlugin<Memory> {
  readonly name: string;
  /** Changes the request on its way out; a promise is waited for. */
  readonly request?: (config: RequestConfig, memory: Memory) => Promise<void> | undefined;
  /** Sees the response on its way back. */
  readonly response?: (response: AxiosResponse) => void;
  /** @returns what the call fails with from here on outwards, or a promise of it */
  readonly failure?: (error: unknown) => unknown;
}

/** Runs once per call. */
export type CallPlugin = OwnPlugin<Call>;

/** Runs once per attempt. */
export type AttemptPlugin = OwnPlugin<AttemptState>;

/** @throws TypeError if `plugin` does not have the shape of a plugin */
export function checkPlugin(plugin: unknown): void {
  const { name, ring, install } = (plugin ?? {}) as Record<keyof Plugin, unknown>;
  if (typeof name === 'string' && (ring === 'call' || ring === 'attempt') && typeof install === 'function') return;
  throw new TypeError("A plugin must be { name: string, ring: 'call' | 'attempt', install(http) }");
}
