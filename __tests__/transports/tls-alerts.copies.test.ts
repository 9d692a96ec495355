import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { EventEmitter } from 'node:events';
import https from 'node:https';
import type { Socket } from 'node:net';
import { Agent } from 'undici';
import { HTTPClient } from '../../src/index';
import type * as Undici from '../../src/transports/undici';
import { certificateFor } from '../support/certificates';
import { failure } from '../support/outcome';

const CONNECTED = 'undici:client:connected';

/** `undici()` of so many copies of the package: in Jest, each test file of a process has one. */
function copies(count: number): (typeof Undici.undici)[] {
  const made: (typeof Undici.undici)[] = [];
  for (let index = 0; index < count; index++) {
    jest.isolateModules(() => {
      made.push(jest.requireActual<typeof Undici>('../../src/transports/undici').undici);
    });
  }
  return made;
}

test('12 copies of the package in a process do not each listen on a connection, and each is told of an alert', async () => {
  const { key, cert } = await certificateFor('localhost');
  const server = https.createServer({ key, cert, ca: cert, requestCert: true, minVersion: 'TLSv1.3' });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as { readonly port: number };
  const listeners: number[] = [];
  const count = (message: unknown): void => {
    const { socket } = message as { readonly socket: Socket };
    queueMicrotask(() => listeners.push(socket.listenerCount('error')));
  };
  subscribe(CONNECTED, count);

  const transports = copies(12).map((undici) => undici({ dispatcher: new Agent({ connect: { ca: cert } }) }));
  for (const transport of transports.slice(-2)) {
    const client = new HTTPClient({ token: null, retryAttempts: 0, transport });
    const error = await failure(client.get(`https://localhost:${port}`));
    expect(error.message).toContain('the server requires a client certificate');
  }

  // With more, Node warns of a leak.
  expect(listeners).toHaveLength(2);
  expect(Math.max(...listeners)).toBeLessThanOrEqual(EventEmitter.defaultMaxListeners);
  unsubscribe(CONNECTED, count);
  server.close();
});
