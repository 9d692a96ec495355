import http, { type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Listening {
  /** Origin, such as http://127.0.0.1:40001. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves an Express app, or any other listener, on a free loopback port. */
export async function listen(app: RequestListener): Promise<Listening> {
  const server = http.createServer(app);
  // Long enough that no idle connection is closed between two calls.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
