import type { AxiosInstance } from 'axios';

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

/** @throws TypeError if `plugin` has not the shape of a plugin */
export function checkPlugin(plugin: unknown): void {
  const { name, ring, install } = (plugin ?? {}) as Record<keyof Plugin, unknown>;
  if (typeof name === 'string' && (ring === 'call' || ring === 'attempt') && typeof install === 'function') return;
  throw new TypeError("A plugin must be { name: string, ring: 'call' | 'attempt', install(http) }");
}
