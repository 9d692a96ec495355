import https from 'node:https';
import type { Socket } from 'node:net';
import { tokenService, type HTTPClientOptions, type JSONRequestOptions } from '../../src/index';
import { certificateFor } from './certificates';
import { rawService } from './raw-service';
import { refusing } from './schemas';
import { service, type Answer } from './service';

/** A service that commits a fault, and how it has to be called for that. */
export interface Scene {
  readonly url: string;
  readonly client?: HTTPClientOptions;
  readonly options?: JSONRequestOptions<unknown>;
  /** Requests that reached the service. */
  readonly requests: readonly unknown[];
  /** Connections open now. */
  connections(): Promise<number>;
}

export type Setting = Pick<Scene, 'client' | 'options'>;
export type Start = () => Promise<Scene>;

/** An HTTP service that always answers so. */
export function http(answer: Answer, setting?: Setting): Start {
  return async () => ({ ...(await service([answer])), ...setting });
}

/** An HTTP service that always answers with JSON, or what it takes for JSON. */
export function json(body: string): Start {
  return http({ headers: { 'content-type': 'application/json' }, body });
}

/** An HTTP service that answers with JSON that its caller has no use for. */
export async function unlikeSchema(): Promise<Scene> {
  const schema = refusing({ message: 'Expected number, received string', path: ['id'] });
  return http({ json: { id: 'seven' } }, { options: { schema } })();
}

/** A TCP server that does harm as soon as a request is here. */
export function raw(harm: (socket: Socket) => void): Start {
  return async () => {
    const { url, requests, sockets } = await rawService(harm);
    return { url, requests, connections: async () => Promise.resolve(sockets.size) };
  };
}

/** A TLS server on 127.0.0.1 whose certificate is for `host`. */
export function secure(host: string, isTrusted: boolean): Start {
  return async () => {
    const certificate = await certificateFor(host);
    const { url, requests, sockets } = await rawService((socket) => socket.end('HTTP/1.1 204 No Content\r\n\r\n'), {
      ...certificate,
    });
    const httpsAgent = new https.Agent(isTrusted ? { ca: certificate.cert } : {});
    return { url, requests, connections: async () => Promise.resolve(sockets.size), client: { httpsAgent } };
  };
}

/** An address at which nothing listens any more. */
export async function refused(): Promise<Scene> {
  const gone = await service();
  await gone.close();
  return { url: gone.url, requests: gone.requests, connections: async () => Promise.resolve(0) };
}

/** A name in a domain that never has any. @see RFC 6761, section 6.4 */
export async function unknownHost(): Promise<Scene> {
  return Promise.resolve({
    url: 'http://no-such-host.invalid',
    requests: [],
    connections: async () => Promise.resolve(0),
  });
}

/** No answer at all. */
export const stall: Answer = { handle: () => undefined };

/** Headers and the beginning of a body, and nothing more. */
export const stallBody: Answer = {
  handle: (_, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('part');
  },
};

/** A body that comes a byte each 100 ms: a socket that is never idle for long. */
export const drip: Answer = {
  handle: (_, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('.');
    const timer = setInterval(() => response.write('.'), 100);
    response.once('close', () => {
      clearInterval(timer);
    });
  },
};

/** A caller who gives the call up. */
export function aborted(when: 'before' | 'during' | 'wait'): Start {
  return async () => {
    const caller = new AbortController();
    const abort = (): void => {
      caller.abort();
    };
    if (when === 'before') abort();
    const answers: Record<typeof when, Answer> = {
      before: {},
      during: { handle: abort },
      wait: {
        handle: (_, response) => {
          response.writeHead(503).end();
          setTimeout(abort, 300);
        },
      },
    };
    // The wait between the attempts would last far longer than a test may.
    const setting = { client: { retry: { base: 20 } }, options: { signal: caller.signal } };
    return http(answers[when], setting)();
  };
}

/** A service that is well, and a token service that is not; without `answer` nothing listens at the latter's address. */
export function tokens(answer: Answer | undefined): Start {
  return async () => {
    const api = await service();
    const issuer = await service([answer ?? {}]);
    if (!answer) await issuer.close();
    const token = tokenService({ url: `${issuer.url}/token`, clientId: 'tickets', clientSecret: CLIENT_SECRET });
    return {
      ...api,
      client: { token },
      connections: async () => (await api.connections()) + (answer ? await issuer.connections() : 0),
    };
  };
}

/** What the client proves its name with, to the token service. */
export const CLIENT_SECRET = 'the-client-secret';

/** Connections that are open still a while after the client is closed. */
export async function leftOpen(scene: Scene): Promise<number> {
  const end = performance.now() + 2000;
  while ((await scene.connections()) > 0 && performance.now() < end) await new Promise((wake) => setTimeout(wake, 5));
  return scene.connections();
}
