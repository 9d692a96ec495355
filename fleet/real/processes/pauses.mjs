// How long a process was kept from working: by itself, or by what else runs on the machine.
import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION = 10;
const delay = monitorEventLoopDelay({ resolution: RESOLUTION });

/** What comes before it, such as loading modules, does not count. */
export function beginToWatch() {
  delay.enable();
  delay.reset();
}

/** Milliseconds since `beginToWatch`. */
export const longestPause = () => Math.max(0, delay.max / 1e6 - RESOLUTION);
