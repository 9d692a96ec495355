import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { isPromise } from '../promises';
import { play, received, written, type Answer, type Received, type Script } from './script';

export interface ServiceAnswer extends Answer {
  /** Takes the request over altogether. */
  readonly handle?: (request: IncomingMessage, response: ServerResponse) => void;
}

export interface Service {
  /** Origin, like http://127.0.0.1:40001. */
  readonly url: string;
  readonly port: number;
  /** What came in, oldest first. */
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
  const server = http.createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      // It was the script that threw, or the client has hung up.
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
    const scripted = play(script, one, requests.length);
    give(isPromise(scripted) ? await scripted : scripted, request, response);
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

function give(answer: ServiceAnswer, request: IncomingMessage, response: ServerResponse): void {
  const { delay = 0, hangUp = false, handle } = answer;
  const send = (): void => {
    if (response.destroyed) return;
    const { status, headers, body } = written(answer);
    if (hangUp) request.socket.destroy();
    else response.writeHead(status, headers).end(body);
  };
  if (handle) handle(request, response);
  else if (delay === 0) send();
  else if (delay !== Infinity) setTimeout(send, delay * 1000).unref();
}
