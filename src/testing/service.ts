import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkScript } from './check-script';
import { nextAnswer, received, type Answer, type Received, type Script } from './script';

/** The response of a scripted service. */
export interface ServiceAnswer extends Answer {
  /** Sends the response itself. The body has already been read; it is in `received`. */
  readonly handle?: (request: IncomingMessage, response: ServerResponse, received: Received) => unknown;
}

/** A service that plays a script. */
export interface Service {
  /** Origin, such as http://127.0.0.1:40001. */
  readonly url: string;
  /** Port on 127.0.0.1. */
  readonly port: number;
  /** The requests received, oldest first. The list may be cleared: the script continues where it was. */
  readonly requests: Received[];
  /** The number of open connections. */
  connections(): Promise<number>;
  /** Stops the service, and closes the connections of requests that are in progress. */
  close(): Promise<void>;
  /** The same as `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a real HTTP service on a free loopback port. It responds as `script` says, and with 500 if the script fails.
 *
 * @throws TypeError if `script` is neither a list nor a function
 */
export async function startService(script: Script<ServiceAnswer> = []): Promise<Service> {
  checkScript(script);
  const requests: Received[] = [];
  let count = 0;
  const server = http.createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      // The script failed, or the client has disconnected.
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const record = received({ method, url, headers, body: await buffer(request) });
    requests.push(record);
    await send(await nextAnswer(script, record, ++count, 'handle'), request, response, record);
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

type NextAnswer = Awaited<ReturnType<typeof nextAnswer<ServiceAnswer>>>;

async function send(
  { answer, raw }: NextAnswer,
  request: IncomingMessage,
  response: ServerResponse,
  record: Received,
): Promise<void> {
  const { delay = 0, hangUp = false, handle } = answer;
  if (handle) {
    await handle(request, response, record);
    return;
  }
  if (delay === Infinity) return;
  if (delay > 0) await sleep(delay * 1000, undefined, { ref: false });
  if (response.destroyed) return;
  if (hangUp) request.socket.destroy();
  else response.writeHead(raw.status, raw.headers).end(raw.body);
}
