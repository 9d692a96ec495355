// Keeps the cores of the service and the client from halting.
import { spawn, spawnSync } from 'node:child_process';
import { isPinned } from './process.mjs';

const CORES = ['0', '1'];
/** A policy of Linux: runs when nothing else wants the core, and gives way at once. */
const idle = ['chrt', '--idle', '0'];

/** Ends with this process, however it ends. */
const LOOP = `do for (let turn = 0; turn < 1e7; turn++); while (process.ppid === ${process.pid});`;

export const canKeepAwake = isPinned && spawnSync(idle[0], [...idle.slice(1), 'true']).status === 0;

/**
 * A core with nothing to do halts after some 50 µs, and in a virtual machine it costs 10 to 50 µs to wake it, which the sender of a
 * request pays. A client that takes a little longer between two calls would pay for that too. In a service whose cores are in use,
 * nothing halts.
 *
 * @returns lets them halt again
 */
export function keepAwake() {
  if (!canKeepAwake) return () => {};
  const children = CORES.map((core) =>
    spawn('taskset', ['-c', core, ...idle, process.execPath, '--eval', LOOP], { stdio: 'ignore' }),
  );
  children.forEach((child) => child.unref());
  return () => children.forEach((child) => child.kill());
}
