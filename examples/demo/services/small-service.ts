import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SmallService {
  readonly url: string;
  /** Seconds that one request takes. */
  serviceTime: number;
  close(): void;
}

/** A service that handles one request after the other. It does not notice that a caller has left, as most services do not. */
export async function startSmallService(serviceTime: number): Promise<SmallService> {
  const waiting: http.ServerResponse[] = [];
  let current: http.ServerResponse | undefined;
  /** When the current request is done, in milliseconds. Counted on by the clock, so that late timers do not make the service slower. */
  let doneAt = 0;

  function work(): void {
    const now = performance.now();
    while (current && doneAt <= now) {
      current.end('done');
      next();
    }
    if (current) setTimeout(work, doneAt - now);
  }

  function next(): void {
    current = waiting.shift();
    doneAt += service.serviceTime * 1000;
  }

  const server = http.createServer((_, response) => {
    waiting.push(response);
    if (current) return;
    doneAt = performance.now();
    next();
    work();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const service: SmallService = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serviceTime,
    close() {
      waiting.length = 0;
      server.closeAllConnections();
      server.close();
    },
  };
  return service;
}
