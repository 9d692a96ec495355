import type { AxiosInstance, AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import { kindOf } from '../checks/kind-of';
import type { AttemptState } from '../call/attempt-state';
import type { Call } from '../call/call';

/** Whether a plugin runs once per call or once per attempt. */
export type Ring = 'call' | 'attempt';

/** An axios instance as plugins see it. */
export type HTTP = Pick<AxiosInstance, 'interceptors' | 'request'>;

/** Extends a client with axios interceptors. */
export interface Plugin {
  /** Names the plugin in errors. */
  readonly name: string;
  /** `call` runs once per call, `attempt` once per attempt. */
  readonly ring: Ring;
  /** Adds interceptors to `http`. Called three times for an attempt plugin: for first attempts, for retries and for hedged attempts. */
  install(http: HTTP): void;
}

export type RequestConfig = InternalAxiosRequestConfig;

/** A built-in plugin. All built-in plugins of one ring run in one interceptor, which looks up their shared `Memory` once. */
export interface OwnPlugin<Memory> {
  readonly name: string;
  /** Changes the request before it is sent; a promise is awaited. */
  readonly request?: (config: RequestConfig, memory: Memory) => Promise<void> | undefined;
  /** Called with the response; without memory if the request never reached this ring. */
  readonly response?: (response: AxiosResponse, memory: Memory | undefined) => void;
  /** @returns the error that outer plugins and the caller receive, or a promise of it */
  readonly failure?: (error: unknown, memory: Memory | undefined) => unknown;
}

/** Runs once per call. */
export type CallPlugin = OwnPlugin<Call>;

/** Runs once per attempt. */
export type AttemptPlugin = OwnPlugin<AttemptState>;

/** @throws TypeError if `plugin` is not a plugin */
export function checkPlugin(plugin: unknown): void {
  const { name, ring, install } = (plugin ?? {}) as Record<keyof Plugin, unknown>;
  if (typeof name === 'string' && (ring === 'call' || ring === 'attempt') && typeof install === 'function') return;
  throw new TypeError(
    `A plugin must be { name: string, ring: 'call' | 'attempt', install(http) }, got ${kindOf(plugin)}`,
  );
}
