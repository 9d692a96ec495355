// A child process that is controlled by messages, pinned to a core if possible.
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** A child that takes longer to reply is considered hung. */
const PATIENCE = 300_000;

export const isPinned = [0, 1].every((core) => spawnSync('taskset', ['-c', String(core), 'true']).status === 0);

/**
 * V8 begins with a young generation of 1 MB, and lets it grow if much survives in it. Whether it does is chance in a process that
 * makes the same calls again and again, and decides whether one call in 50 or in 800 meets a collection. In a busy service it has
 * grown, so all workers begin with the largest.
 */
const YOUNG = '--min-semi-space-size=16';

/**
 * Starts `file`; resolves when it reports that it is ready.
 *
 * @param folder the bench folder of the build that is measured
 */
export async function start(file, args, core, folder = import.meta.dirname) {
  const node = [process.execPath, '--expose-gc', YOUNG, '--no-warnings', join(folder, file), ...args];
  const [command, ...rest] = isPinned ? ['taskset', '-c', String(core), ...node] : node;
  const child = spawn(command, rest, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const pending = new Map();
  let asked = 0;

  const settle = (id, { error, result }) => {
    const waiting = pending.get(id);
    if (!waiting) return;
    pending.delete(id);
    clearTimeout(waiting.timer);
    if (error === undefined) waiting.resolve(result);
    else waiting.reject(new Error(`${[file, ...args].join(' ')}: ${error}`));
  };
  const expect = (id) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => settle(id, { error: `no response within ${PATIENCE / 1000} s` }), PATIENCE);
      pending.set(id, { resolve, reject, timer });
    });

  child.on('message', (message) => {
    if ('ready' in message) settle('ready', { result: message.ready });
    else settle(message.id, message);
  });
  child.on('exit', (code, signal) => {
    for (const id of [...pending.keys()]) settle(id, { error: `ended with ${signal ?? code}` });
  });
  child.on('error', (error) => settle('ready', { error: error.message }));

  const ready = await expect('ready');
  return {
    ready,
    async ask(command, options = {}) {
      const id = ++asked;
      const response = expect(id);
      child.send({ id, command, options });
      return response;
    },
    stop: () => child.kill(),
  };
}
