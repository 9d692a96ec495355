import http, { type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Listening {
  /** Origin, like http://127.0.0.1:40001. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves an Express app, or any other listener, on a free loopback port. */
export async function listen(app: RequestListener): Promise<Listening> {
  const server = http.createServer(app);
  // So that no pause between two calls is long enough to lose an idle connection.
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
