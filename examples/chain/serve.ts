import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HTTPClient } from '@hdms/http-client';
import { tell } from './watch';

/** Serves `app` until the process is told to stop. */
export async function serve(app: RequestListener, client?: HTTPClient): Promise<void> {
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  runUntilTerminated(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, () => {
    server.close();
    client?.close();
  });
}

/** Reports where the hop listens, and closes it on SIGTERM. Nothing keeps the process alive then, so it exits. */
export function runUntilTerminated(url: string, close: () => unknown): void {
  const end = (): void => {
    process.off('SIGTERM', end).off('disconnect', end);
    close();
    if (process.connected) process.disconnect();
  };
  process.on('SIGTERM', end);
  // The process that started this one is gone.
  process.on('disconnect', end);
  tell({ url });
}
