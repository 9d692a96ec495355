import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the service does with one request. Times are in milliseconds. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
  /** Body that is sent as JSON. */
  readonly json?: unknown;
  /** Waits that long before it answers. */
  readonly delay?: number;
  /** Takes the request over altogether. */
  readonly handle?: (request: IncomingMessage, response: ServerResponse) => void;
}

/** A request as it came in. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  /** Milliseconds on the monotonic clock. */
  readonly at: number;
}

export interface Service {
  readonly url: string;
  readonly port: number;
  readonly requests: Received[];
  /** Connections open now. */
  connections(): Promise<number>;
  close(): Promise<void>;
}

const running = new Set<Service>();

afterEach(async () => {
  for (const one of running) await one.close();
});

/** A real HTTP server on a free loopback port that gives `answers` one after the other, the last one for ever. */
export async function service(answers: readonly Answer[] | ((request: Received) => Answer) = [{}]): Promise<Service> {
  const requests: Received[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => undefined);
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const received = { method, url, headers, body: Buffer.concat(chunks), at: performance.now() };
      requests.push(received);
      const script = typeof answers === 'function' ? answers(received) : answers[requests.length - 1];
      give(script ?? (answers as readonly Answer[]).at(-1) ?? {}, request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const self: Service = {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    connections: async () =>
      new Promise((resolve) => {
        server.getConnections((_, count) => {
          resolve(count);
        });
      }),
    close: async () => {
      running.delete(self);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  running.add(self);
  return self;
}

function give(answer: Answer, request: IncomingMessage, response: ServerResponse): void {
  const { status = 200, headers = {}, body, json, delay = 0, handle } = answer;
  if (handle) {
    handle(request, response);
    return;
  }
  const isJSON = json !== undefined;
  const send = (): void => {
    if (response.destroyed) return;
    response.writeHead(status, { ...(isJSON && { 'content-type': 'application/json' }), ...(headers as object) });
    response.end(isJSON ? JSON.stringify(json) : body);
  };
  if (delay > 0) setTimeout(send, delay).unref();
  else send();
}
