import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { builtPackage } from './built-package';

export interface RateProcessOptions {
  /** The library that it talks to Redis with. */
  readonly library: 'ioredis' | 'redis';
  /** URL of the Redis. */
  readonly redis: string;
  /** Requests per second that all processes share. */
  readonly rate: number;
  /** Requests that it wants to send at the same time. */
  readonly width: number;
  readonly seconds: number;
}

export interface RateReport {
  /** When each request was sent, in milliseconds since the epoch. */
  readonly sent: readonly number[];
  /** Requests to the store. */
  readonly trips: number;
  readonly failed: number;
  /** The codes of the warnings that it emitted. */
  readonly warnings: readonly string[];
}

/** A process of its own that is ready; the function has it send as much as it may, and tells what it did. */
export async function rateProcess(options: RateProcessOptions): Promise<() => Promise<RateReport>> {
  const settings = JSON.stringify({ ...options, directory: builtPackage() });
  const child = fork(join(__dirname, 'rate-process-main.mjs'), [settings], { execArgv: [], silent: true });
  await once(child, 'message');
  return async () => {
    const report = once(child, 'message');
    child.send('start');
    const [message] = (await report) as [RateReport];
    return message;
  };
}
