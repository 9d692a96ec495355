import type { RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Seconds of work for a request. */
const WORK = 3;
/** Milliseconds of a piece of it. */
const PIECE = 20;

/** The last service of a chain. It works for three seconds, or until its caller closes the connection. */
export class Worker {
  /** Milliseconds that its caller said it waits. */
  told: string | undefined;
  startedAt = NaN;
  endedAt = NaN;

  readonly listener: RequestListener = ({ headers }, response) => {
    this.told = headers['x-request-timeout-ms']?.toString();
    this.startedAt = performance.now();
    const end = (): void => {
      clearInterval(work);
      this.endedAt = performance.now();
    };
    const work = setInterval(() => {
      if (performance.now() - this.startedAt < WORK * 1000) return;
      end();
      response.end('done');
    }, PIECE);
    response.once('close', () => {
      if (!response.writableEnded) end();
    });
  };

  /** Resolves when the work has ended. */
  async done(): Promise<this> {
    if (Number.isNaN(this.startedAt)) throw new Error('No request has reached the last service');
    while (Number.isNaN(this.endedAt)) await sleep(PIECE);
    return this;
  }
}
