import { once } from 'node:events';
import type { Server } from 'node:http';

/** Milliseconds in which open requests must complete. */
const GRACE = 10_000;

/**
 * Waits for SIGTERM, then completes the open requests and accepts no others.
 *
 * @param atSignal ends what would stay open
 */
export async function untilTerminated(server: Server, atSignal: () => void): Promise<void> {
  await Promise.race(['SIGTERM', 'SIGINT'].map(async (name) => once(process, name)));
  console.log('no more requests are taken');
  atSignal();
  const closed = once(server, 'close');
  server.close();
  // Otherwise an idle keep-alive connection would delay the exit until its idle timeout.
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
