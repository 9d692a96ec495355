// A real Redis on a free port, which keeps nothing on disk.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endWithMe } from './child.mjs';
import { sleep } from './time.mjs';

/** Seconds. */
const PATIENCE = 20;

export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

export async function startRedis() {
  const directory = mkdtempSync(join(tmpdir(), 'fleet-redis-'));
  const removeDirectory = () => rmSync(directory, { recursive: true, force: true });
  process.once('exit', removeDirectory);
  const port = await freePort();
  let child = await launch(port, directory);
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    async restart() {
      child = await launch(port, directory);
    },
    async close() {
      await kill();
      removeDirectory();
      process.off('exit', removeDirectory);
    },
  };
}

async function launch(port, directory) {
  const settings = { port, bind: '127.0.0.1', dir: directory, save: '', appendonly: 'no' };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = endWithMe(spawn('redis-server', args, { stdio: 'ignore' }));
  for (let waited = 0; waited < PATIENCE; waited += 0.02) {
    if (await accepts(port)) return child;
    if (child.exitCode !== null) throw new Error(`redis-server ended with code ${child.exitCode}`);
    await sleep(0.02);
  }
  throw new Error(`redis-server did not start within ${PATIENCE} s`);
}

async function accepts(port) {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/**
 * Below those that the system gives to clients and to `listen(0)`: nobody takes it before Redis has it, or while Redis
 * is away.
 */
async function freePort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const server = createServer().listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
    } catch (error) {
      if (error.code === 'EADDRINUSE') continue;
      throw error;
    }
    server.close();
    await once(server, 'close');
    return port;
  }
}
