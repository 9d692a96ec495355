import http, { type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

const running = new Set<http.Server>();

afterEach(async () => {
  for (const server of running) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  running.clear();
});

/** Serves `app` on a free loopback port until the test is over; answers with its origin. */
export async function serve(app: RequestListener): Promise<string> {
  const server = http.createServer(app);
  running.add(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
