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
