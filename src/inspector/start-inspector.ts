import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostInURL } from '../util/host';
import { newKey } from './access';
import type { HAR } from './har';
import { Inspector } from './inspector';
import { resolveInspector, type InspectorOptions } from './options';

/** An inspector that runs. */
export interface RunningInspector {
  /** Address of the page, with the key that opens it. */
  readonly url: string;
  /** The requests of the calls that are kept, as HAR 1.2. */
  har(): HAR;
  /** Stops recording, and closes the page. */
  close(): Promise<void>;
}

/**
 * Starts a page that shows the calls of all clients in the process, on an address that only this machine reaches. It does not keep
 * the process running.
 *
 * @throws TypeError or RangeError that names the wrong option; the error of the port if it cannot be used
 */
export async function startInspector(options: InspectorOptions = {}): Promise<RunningInspector> {
  const settings = resolveInspector(options);
  const { port, host, authorize } = settings;
  const key = newKey();
  const inspector = new Inspector(settings, { key, authorize });
  const server = createServer((request, response) => {
    inspector.handle(request, response, '');
  });
  try {
    await new Promise<void>((resolve, reject) => {
      // The workers of a cluster would share a port, but each has a key of its own.
      server.once('error', reject).listen({ port, host, exclusive: true }, resolve);
    });
  } catch (error) {
    inspector.close();
    throw error;
  }
  server.unref();
  server.on('connection', (socket) => socket.unref());
  const { port: used } = server.address() as AddressInfo;
  return {
    url: `http://${hostInURL(host)}:${used}/?key=${key}`,
    har: inspector.har.bind(inspector),
    async close() {
      inspector.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}
