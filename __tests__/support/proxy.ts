import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import net, { type AddressInfo, type Socket } from 'node:net';
import type { Certificate } from './certificates';

/** What a proxy saw of a request: its target, and the headers. */
export interface Seen {
  readonly target: string;
  readonly headers: http.IncomingHttpHeaders;
}

export interface ProxyServer {
  readonly url: string;
  readonly port: number;
  /** CONNECT requests. */
  readonly tunnels: Seen[];
  /** Requests with a whole URL. */
  readonly requests: Seen[];
  /** Sockets of clients that are open now. */
  readonly sockets: ReadonlySet<Socket>;
  /** Ends all tunnels at once, as a proxy does that is restarted. */
  cut(): void;
  close(): Promise<void>;
}

export interface ProxyOptions {
  /** Makes it an https proxy. */
  readonly certificate?: Certificate;
  /** Written in response to CONNECT in place of opening a tunnel; `null` for no response. */
  readonly refusal?: (count: number) => string | null | undefined;
  /** Written in response to CONNECT before the tunnel is opened. */
  readonly interim?: string;
  readonly host?: string;
}

const running = new Set<ProxyServer>();

afterEach(async () => {
  for (const one of running) await one.close();
});

/** A proxy on the loopback, for http and https targets there, whatever their names. */
export async function proxyServer({
  certificate,
  refusal,
  interim = '',
  host = '127.0.0.1',
}: ProxyOptions = {}): Promise<ProxyServer> {
  const tunnels: Seen[] = [];
  const requests: Seen[] = [];
  const sockets = new Set<Socket>();
  const upstreams = new Set<Socket>();
  const server = certificate ? https.createServer(certificate) : http.createServer();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    requests.push({ target: String(request.url), headers: request.headers });
    forward(request, response);
  });
  server.on('connect', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    tunnels.push({ target: String(request.url), headers: request.headers });
    const answer = refusal?.(tunnels.length);
    // Without a reader, nobody would see that the client has closed it.
    if (answer !== undefined) socket.on('end', () => socket.end()).resume();
    if (answer === null) return;
    if (answer !== undefined) {
      socket.end(answer);
      return;
    }
    if (interim !== '') socket.write(interim);
    const upstream = net.connect(Number(String(request.url).split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      socket.pipe(upstream).pipe(socket);
    });
    upstreams.add(upstream);
    for (const one of [socket, upstream]) one.on('error', () => upstream.destroy());
    upstream.on('close', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
  });
  server.on(certificate ? 'secureConnection' : 'connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  const self: ProxyServer = {
    url: `${certificate ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    tunnels,
    requests,
    sockets,
    cut: () => {
      for (const one of upstreams) one.resetAndDestroy();
      for (const one of sockets) one.resetAndDestroy();
    },
    close: async () => {
      running.delete(self);
      for (const one of [...sockets, ...upstreams]) one.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  running.add(self);
  return self;
}

function forward(request: IncomingMessage, response: ServerResponse): void {
  const { port, pathname, search } = new URL(String(request.url));
  const { 'proxy-authorization': _, ...headers } = request.headers;
  const { method } = request;
  const options = { host: '127.0.0.1', port, path: pathname + search, method, headers, agent: false } as const;
  const upstream = http.request(options, (answer) => {
    response.writeHead(Number(answer.statusCode), answer.headers);
    answer.pipe(response);
  });
  upstream.on('error', () => response.destroy());
  request.pipe(upstream);
}
