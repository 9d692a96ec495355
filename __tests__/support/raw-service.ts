import net, { type AddressInfo, type Socket } from 'node:net';
import tls, { type TlsOptions } from 'node:tls';

export interface RawService {
  readonly url: string;
  readonly port: number;
  /** The text of each request that came in, head and body. */
  readonly requests: string[];
  /** Sockets that are open now. */
  readonly sockets: ReadonlySet<Socket>;
  close(): Promise<void>;
}

const running = new Set<RawService>();

afterEach(async () => {
  for (const one of running) await one.close();
});

/**
 * A TCP server on a free loopback port that writes whatever bytes it likes: for answers that no HTTP server gives.
 *
 * @param onRequest told when the head of a request is here, with a socket to do harm to
 */
export async function rawService(
  onRequest: (socket: Socket, requestNumber: number) => void,
  options?: TlsOptions,
): Promise<RawService> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const onConnection = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    let text = '';
    socket.on('data', (chunk) => {
      const wasComplete = isComplete(text);
      text += chunk.toString('latin1');
      if (wasComplete || !isComplete(text)) return;
      requests.push(text);
      text = '';
      onRequest(socket, requests.length);
    });
  };
  const server = options ? tls.createServer(options, onConnection) : net.createServer(onConnection);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const self: RawService = {
    url: `${options ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    requests,
    sockets,
    close: async () => {
      running.delete(self);
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  running.add(self);
  return self;
}

/** Whether head and body are here; tests send short bodies with a Content-Length. */
function isComplete(text: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = /^content-length: *(\d+)/im.exec(text.slice(0, end))?.[1];
  return text.length - end - 4 >= Number(length ?? 0);
}
