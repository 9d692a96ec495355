import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { play, received, type Answer, type Received, type Script } from './script';

export interface ServiceAnswer extends Answer {
  /** Answers by itself. The body has been read by then: it is in `received`. */
  readonly handle?: (request: IncomingMessage, response: ServerResponse, received: Received) => unknown;
}

export interface Service {
  /** Origin, like http://127.0.0.1:40001. */
  readonly url: string;
  readonly port: number;
  /** What came in, oldest first. It may be cleared: the script goes on where it was. */
  readonly requests: Received[];
  /** Connections open now. */
  connections(): Promise<number>;
  /** Ends the requests that are under way too. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A real HTTP service on a free loopback port that answers as `script` says. */
export async function startService(script: Script<ServiceAnswer> = []): Promise<Service> {
  const requests: Received[] = [];
  let count = 0;
  const server = http.createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      // It was the script, or the client has hung up.
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const one = received({ method, url, headers, body: await buffer(request) });
    requests.push(one);
    await give(await play(script, one, ++count), request, response, one);
  }

  async function close(): Promise<void> {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    connections: async () =>
      new Promise((resolve) => {
        server.getConnections((_, count) => {
          resolve(count);
        });
      }),
    close,
    [Symbol.asyncDispose]: close,
  };
}

type Played = Awaited<ReturnType<typeof play<ServiceAnswer>>>;

async function give(
  { answer, written }: Played,
  request: IncomingMessage,
  response: ServerResponse,
  one: Received,
): Promise<void> {
  const { delay = 0, hangUp = false, handle } = answer;
  if (handle) {
    await handle(request, response, one);
    return;
  }
  if (delay === Infinity) return;
  if (delay > 0) await sleep(delay * 1000, undefined, { ref: false });
  if (response.destroyed) return;
  if (hangUp) request.socket.destroy();
  else response.writeHead(written.status, written.headers).end(written.body);
}
