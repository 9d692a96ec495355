import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface EarlyService {
  readonly url: string;
  /** Bytes of each request that came to its end. */
  readonly whole: readonly number[];
}

const running = new Set<() => void>();

afterEach(() => {
  for (const close of running) close();
  running.clear();
});

/** A service whose response begins before it has read the request, and ends with it; at `/enough`, after its first bytes. */
export async function earlyService(): Promise<EarlyService> {
  const whole: number[] = [];
  const server = createServer((request, response) => {
    let size = 0;
    response.writeHead(200).flushHeaders();
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (request.url === '/enough') response.end('enough');
    });
    request.on('end', () => {
      whole.push(size);
      response.end(`got ${size} bytes`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  running.add(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, whole };
}
