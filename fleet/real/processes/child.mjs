// Child processes that are controlled by messages. None outlives this process.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Milliseconds. A child that takes longer to reply is considered hung. */
const PATIENCE = 180_000;

const living = new Set();
const killAll = () => living.forEach((child) => child.kill('SIGKILL'));
process.once('exit', killAll);
// These do not emit `exit` by themselves.
for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
  process.once(signal, () => process.exit(code));
}

/** Has `child` end with this process. */
export function endWithMe(child) {
  living.add(child);
  child.once('exit', () => living.delete(child));
  return child;
}

/** Starts a file of this folder; resolves when it reports that it is ready. */
export async function start(file, ...args) {
  const path = join(import.meta.dirname, file);
  const child = endWithMe(fork(path, args, { serialization: 'advanced', execArgv: ['--no-warnings'] }));
  const waiting = new Map();
  let asked = 0;
  let hasEnded = false;

  const settle = (id, { error, result }) => {
    const { resolve, reject, timer } = waiting.get(id) ?? {};
    waiting.delete(id);
    clearTimeout(timer);
    if (error === undefined) resolve?.(result);
    else reject?.(new Error(`${[file, ...args].join(' ')}: ${error}`));
  };
  const expect = (id) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(settle, PATIENCE, id, { error: `no reply within ${PATIENCE / 1000} s` });
      waiting.set(id, { resolve, reject, timer });
    });

  child.on('message', (message) => settle(message.ready ? 'ready' : message.id, message));
  child.once('exit', (code, signal) => {
    hasEnded = true;
    for (const id of [...waiting.keys()]) settle(id, { error: `ended with ${signal ?? code}` });
  });
  await expect('ready');

  return {
    get hasEnded() {
      return hasEnded;
    },
    async ask(command, options = {}) {
      const id = ++asked;
      const reply = expect(id);
      child.send({ id, command, options });
      return reply;
    },
    /** Ends it at once, as a crash does. */
    async kill() {
      if (hasEnded) return;
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    },
  };
}
