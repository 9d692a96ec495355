import { once } from 'node:events';
import http2, { type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import tls, { type ConnectionOptions } from 'node:tls';
import { certificateFor } from './certificates';

export interface HTTP2Service {
  readonly url: string;
  /** Connections that are open now. */
  readonly sessions: () => number;
  /** Waits until no connection is open. */
  readonly left: () => Promise<void>;
}

let restore: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const one of restore) await one();
  restore = [];
});

/**
 * A server that speaks HTTP/2 only, over TLS, on a free loopback port. All connections of the test trust it: the transports
 * have no option for that.
 */
export async function http2Service(onStream: (stream: ServerHttp2Stream, path: string) => void): Promise<HTTP2Service> {
  const { key, cert } = await certificateFor('localhost');
  const server = http2.createSecureServer({ key, cert });
  let open = 0;
  server.on('session', (session) => {
    open++;
    session.on('error', () => undefined).on('close', () => open--);
  });
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    onStream(stream, String(headers[':path']));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { connect } = tls;
  const trust = jest.spyOn(tls, 'connect');
  trust.mockImplementation((options) => connect({ ...(options as ConnectionOptions), ca: cert }));
  const left = async (): Promise<void> => {
    while (open > 0) await sleep(5);
  };
  restore.push(async () => {
    trust.mockRestore();
    await left();
    server.close();
    await once(server, 'close');
  });
  return { url: `https://localhost:${(server.address() as AddressInfo).port}`, sessions: () => open, left };
}

/** Answers with 200 and a text. */
export function answer(stream: ServerHttp2Stream, text = 'ok'): void {
  stream.respond({ ':status': 200 });
  stream.end(text);
}
