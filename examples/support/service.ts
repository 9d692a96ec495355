import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { listen, type Listening } from './listen';

/** A request as the service saw it. */
export interface Seen {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** 1 for the first request of this service. */
  readonly number: number;
}

/** What the service answers. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly body?: string | Readable;
  /** Seconds before it answers. */
  readonly delay?: number;
}

export interface Service extends Listening {
  readonly seen: readonly Seen[];
}

const started: Service[] = [];

/** A real HTTP service on a free loopback port, for one example to call. It is closed when the example is over. */
export async function startService(answer: (request: Seen) => Answer | Promise<Answer>): Promise<Service> {
  const seen: Seen[] = [];
  const listening = await listen((request, response) => {
    const reply = async (): Promise<void> => {
      const { method = '', url = '', headers } = request;
      const body = (await buffer(request)).toString('latin1');
      const one: Seen = { method, url, headers, body, number: seen.length + 1 };
      seen.push(one);
      const { status = 200, headers: extra, json, body: content, delay = 0 } = await answer(one);
      if (delay > 0) await sleep(delay * 1000, undefined, { ref: false });
      response.writeHead(status, { ...(json !== undefined && { 'Content-Type': 'application/json' }), ...extra });
      if (typeof content === 'object') content.pipe(response);
      else response.end(json === undefined ? content : JSON.stringify(json));
      await once(response, 'close');
    };
    // A client that hangs up is part of some examples.
    reply().catch(() => response.destroy());
  });
  const service: Service = { ...listening, seen };
  started.push(service);
  return service;
}

export async function closeServices(): Promise<void> {
  await Promise.all(started.splice(0).map(async (service) => service.close()));
}
