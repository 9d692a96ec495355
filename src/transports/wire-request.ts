import { Readable } from 'node:stream';
import type { InternalAxiosRequestConfig } from 'axios';
import type { Body } from '../body/encode';
import type { Call } from '../call';
import { basicCredentials } from '../credentials';
import { createException } from '../errors/create';
import { targetOf } from '../url';
import type { Connection, WireRequest } from './transport';

/** As many as the Fetch standard allows. */
export const MAX_REDIRECTS = 20;
export const USER_AGENT = 'hdms-http-client';
const ACCEPT_ENCODING = 'gzip, deflate, br';

/** What goes on the wire for an axios config. */
export function toWireRequest(config: InternalAxiosRequestConfig, call: Call): WireRequest {
  const target = targetOf(config, call);
  const headers = headersOf(config, target);
  const url = isPlain(target) ? target : withoutExtras(target);
  const body = freshBody(config.data, call);
  if (!config.headers.has('Content-Length') && !config.headers.has('Transfer-Encoding')) frame(body, headers);
  return { method: (config.method ?? 'get').toUpperCase(), url, headers, body, connection: connectionOf(config) };
}

function isPlain({ username, password, hash }: Readonly<URL>): boolean {
  return username === '' && password === '' && hash === '';
}

function withoutExtras(target: Readonly<URL>): URL {
  const url = new URL(target.href);
  url.username = url.password = url.hash = '';
  return url;
}

/** Node frames a body by itself, but not that of a GET, DELETE or OPTIONS: it would pass for the next request. */
function frame(body: WireRequest['body'], headers: WireRequest['headers']): void {
  if (body === undefined) return;
  if (needsFraming(body)) headers['Transfer-Encoding'] = 'chunked';
  else headers['Content-Length'] = String(body instanceof Blob ? body.size : Buffer.byteLength(body));
}

/** Whether nobody knows how long a body is. */
export function needsFraming(body: WireRequest['body']): body is Readable {
  return body instanceof Readable;
}

function headersOf(config: InternalAxiosRequestConfig, url: Readonly<URL>): Record<string, string | string[]> {
  const headers = config.headers.toJSON();
  const credentials = basicCredentials(config, url);
  if (credentials !== undefined) {
    for (const name of Object.keys(headers)) {
      if (name.toLowerCase() === 'authorization') Reflect.deleteProperty(headers, name);
    }
    headers['Authorization'] = `Basic ${Buffer.from(credentials).toString('base64')}`;
  }
  if (!config.headers.has('Accept-Encoding') && config.decompress !== false)
    headers['Accept-Encoding'] = ACCEPT_ENCODING;
  if (!config.headers.has('User-Agent')) headers['User-Agent'] = USER_AGENT;
  return headers;
}

/** The body for one attempt: a function is asked for a new stream. */
export function freshBody(data: unknown, call: Call): Exclude<Body, () => unknown> {
  if (data === undefined || data === null) return undefined;
  const body: unknown = typeof data === 'function' ? makeStream(data as () => unknown, call) : data;
  if (typeof body === 'string' || body instanceof Uint8Array || body instanceof Blob) return body;
  if (body instanceof Readable && !body.destroyed && !body.readableDidRead) return body;
  throw createException('INVALID_BODY', { call, detail: complaint(body) });
}

function makeStream(make: () => unknown, call: Call): unknown {
  try {
    return make();
  } catch (cause) {
    throw createException('INVALID_BODY', {
      call,
      cause,
      detail: 'the `data` function threw instead of returning a stream',
    });
  }
}

function complaint(body: unknown): string {
  if (body instanceof Readable) return 'the stream that is the body has been read or destroyed already';
  return `the body must be a string, binary data, Blob or Readable, got ${body === null ? 'null' : typeof body}`;
}

function connectionOf(config: Connection): Connection {
  const { httpAgent, httpsAgent, lookup, family, insecureHTTPParser, maxHeaderSize } = config;
  return { httpAgent, httpsAgent, lookup, family, insecureHTTPParser, maxHeaderSize };
}
