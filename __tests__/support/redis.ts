import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  /** Starts it again on the same port, and empty. */
  restart(): Promise<void>;
  /** Everything that it is told from now on, as it logs it. */
  monitor(): Promise<() => string>;
  /** It accepts connections and commands, and answers nothing. */
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
const running = new Set<RedisServer>();
const children = new Set<ChildProcess>();

// Tests that are ended in the middle leave no server behind.
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

afterAll(async () => {
  for (const one of running) await one.close();
});

/** Like `describe`, for tests that need a real Redis; they are skipped where there is none. */
export function describeWithRedis(name: string, tests: () => void): void {
  if (hasRedis) {
    describe(name, tests);
    return;
  }
  const reason = 'skipped: there is no redis-server on the PATH';
  process.stderr.write(`${name}: ${reason}\n`);
  describe.skip(`${name} (${reason})`, tests);
}

/** A real redis-server in a process of its own, on a free loopback port, that keeps nothing on disk. */
export async function redisServer(): Promise<RedisServer> {
  const directory = mkdtempSync(join(tmpdir(), 'redis-'));
  const port = await freePort();
  let child = await start(port, directory);
  const self: RedisServer = {
    port,
    url: `redis://127.0.0.1:${port}`,
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    },
    restart: async () => {
      await self.kill();
      child = await start(port, directory);
    },
    monitor: async () => {
      let heard = '';
      const socket = connect(port, '127.0.0.1').on('error', () => undefined);
      socket.write('MONITOR\r\n');
      await once(socket, 'data');
      socket.on('data', (chunk: Buffer) => (heard += chunk.toString('latin1')));
      return () => heard;
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    close: async () => {
      running.delete(self);
      await self.kill();
      rmSync(directory, { recursive: true, force: true });
    },
  };
  running.add(self);
  return self;
}

async function start(port: number, directory: string): Promise<ChildProcess> {
  const settings = { port, bind: '127.0.0.1', dir: directory, save: '', appendonly: 'no', daemonize: 'no' };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn('redis-server', args, { stdio: 'ignore' });
  children.add(child);
  child.once('exit', () => children.delete(child));
  for (const deadline = Date.now() + 20_000; Date.now() < deadline;) {
    await sleep(10);
    if (child.exitCode !== null) throw new Error(`redis-server ended with code ${child.exitCode}`);
    if (await answers(port)) return child;
  }
  child.kill('SIGKILL');
  throw new Error('redis-server did not start within 20 s');
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  try {
    socket.write('PING\r\n');
    const [reply] = (await once(socket, 'data', { signal: AbortSignal.timeout(1000) })) as [Buffer];
    return reply.toString().startsWith('+PONG');
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
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const server = createServer().listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') continue;
      throw error;
    }
    server.close();
    await once(server, 'close');
    return port;
  }
}
