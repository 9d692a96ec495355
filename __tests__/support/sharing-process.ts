import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { builtPackage } from './built-package';

export interface TokenProcessOptions {
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
const running = new Set<TokenProcess>();

afterEach(() => {
  for (const one of running) one.kill();
});

/** A service in a process of its own that has loaded everything and has no token yet. */
export async function tokenProcess(options: TokenProcessOptions): Promise<TokenProcess> {
  const settings = JSON.stringify({ ...options, directory: join(builtPackage(), 'dist/index.js'), encryptionKey: key });
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
