import { once } from 'node:events';
import type { Server } from 'node:http';

/** Milliseconds that requests have to come to their end. */
const GRACE = 10_000;

/** Waits for the signal to end, lets the requests under way be answered, and takes no others. */
export async function untilTerminated(server: Server): Promise<void> {
  await Promise.race(['SIGTERM', 'SIGINT'].map(async (name) => once(process, name)));
  console.log('no more requests are taken');
  const closed = once(server, 'close');
  server.close();
  // A connection that is kept alive after its last answer would hold us for as long as it may be idle.
  const sweep = setInterval(() => {
    server.closeIdleConnections();
  }, 50);
  const limit = setTimeout(() => {
    server.closeAllConnections();
  }, GRACE);
  await closed;
  clearInterval(sweep);
  clearTimeout(limit);
}
