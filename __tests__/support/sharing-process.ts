import { fork, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

export interface TokenProcessOptions {
  /** What builtPackage() returned. */
  readonly directory: string;
  /** The library that it talks to Redis with. */
  readonly library: 'ioredis' | 'redis';
  /** URL of the Redis. */
  readonly redis: string;
  /** Token endpoint. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope?: string;
}

export interface Calls {
  readonly url: string;
  /** Calls at the same time. @default 1 */
  readonly width?: number;
  /** How often. @default 1 */
  readonly rounds?: number;
  /** Milliseconds between the rounds. */
  readonly pause?: number;
}

export interface TokenProcess {
  /** What each call came to: `ok`, or its error. */
  call(calls: Calls): Promise<readonly string[]>;
  kill(): void;
}

const key = randomBytes(32).toString('base64');
const built = new Set<string>();
const running = new Set<TokenProcess>();

afterEach(() => {
  for (const one of running) one.kill();
});
afterAll(() => {
  for (const directory of built) rmSync(directory, { recursive: true, force: true });
});

/**
 * Builds the package into a directory of its own and returns its entry point: what processes load is what is published,
 * and they start as fast as services do, which they would not if each had to compile the sources.
 */
export function builtPackage(): string {
  const directory = mkdtempSync(join(tmpdir(), 'http-client-'));
  built.add(directory);
  symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'));
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const options = ['-p', join(ROOT, 'tsconfig.build.json'), '--outDir', join(directory, 'dist'), '--noCheck'];
  const { status, stdout } = spawnSync(process.execPath, [tsc, ...options], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the package could not be built: ${stdout}`);
  return join(directory, 'dist/index.js');
}

/** A service in a process of its own that has loaded everything and has no token yet. */
export async function tokenProcess(options: TokenProcessOptions): Promise<TokenProcess> {
  const settings = JSON.stringify({ ...options, encryptionKey: key });
  const child = fork(join(__dirname, 'sharing-process-main.mjs'), [settings], { execArgv: [] });
  const ended = once(child, 'exit').then(([code, signal]: unknown[]) => {
    throw new Error(`the process ended with ${String(signal ?? code)}`);
  });
  ended.catch(() => undefined);
  const self: TokenProcess = {
    call: async ({ width = 1, rounds = 1, pause = 0, ...rest }) => {
      const answer = once(child, 'message');
      child.send({ ...rest, width, rounds, pause });
      const [{ outcomes }] = (await Promise.race([answer, ended])) as [{ outcomes: string[] }];
      return outcomes;
    },
    kill: () => {
      running.delete(self);
      child.kill('SIGKILL');
    },
  };
  running.add(self);
  await Promise.race([once(child, 'message'), ended]);
  return self;
}
