import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import axios, { isAxiosError, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { classify } from '../call/classify';
import type { Phase } from '../journal/attempt';
import { isWhole, bodySource } from '../transports/body-source';
import { undottedName } from '../transports/server-name';
import { cutOff, invalidStatus } from '../transports/transport';
import type { Exchange, WireEvents, WireHead, WireRequest } from '../transports/transport';
import { mayUseProxy } from '../transports/proxy/proxy';
import { agentsOfCall, type CallerAgents } from '../transports/proxy/proxy-agents';
import { watchRequest } from '../transports/watch-request';
import { destroyQuietly } from '../util/destroy-quietly';
import { PRINTED_REQUEST } from '../util/printable';
import { toError } from '../util/is-error';
import { isOfConnecting, rootCause } from './axios-cause';
import { isCutOff } from './cut-off';
import { toAxiosHeaders } from './axios-headers';
import { NativeRequest } from './native-request';

type Send = typeof http.request;
/** Where follow-redirects keeps the final URL, which axios users read. */
type FollowedRequest = { res?: { responseUrl?: string } } | undefined;

const send = axios.getAdapter('http');

/** One request over axios's own http adapter, which follows no redirect and decodes nothing here. */
export class AxiosExchange implements Exchange {
  request: unknown;
  readonly #wire: Pick<WireRequest, 'method' | 'url' | 'headers' | 'watch'>;
  readonly #config: InternalAxiosRequestConfig;
  readonly #events: WireEvents;
  readonly #controller = new AbortController();
  #response: AxiosResponse<Readable> | undefined;
  #body: Readable | undefined;
  #native: NativeRequest | undefined;
  #isOver = false;

  /** @param config the caller's; the request is made of `request` and of the options that only this adapter has */
  constructor(request: WireRequest, events: WireEvents, config: InternalAxiosRequestConfig, trustEnv: boolean) {
    this.#wire = request;
    this.#config = config;
    this.#events = events;
    send(this.#toSettings(request, trustEnv)).then(
      (response) => {
        this.#onResponse(response as AxiosResponse<Readable>);
      },
      (thrown: unknown) => {
        this.#onError(thrown);
      },
    );
  }

  get phase(): Phase {
    if (this.#response) return 'body';
    // The connections of HTTP/2 are axios's: nothing is known of them.
    return this.#native?.isConnected || Number(this.#config.httpVersion) === 2 ? 'headers' : 'connect';
  }

  pause(): void {
    this.#response?.data.pause();
  }

  resume(): void {
    this.#response?.data.resume();
  }

  destroy(): void {
    this.#isOver = true;
    this.#controller.abort();
    this.#response?.data.destroy();
    if (this.#body) destroyQuietly(this.#body);
  }

  #toSettings(request: WireRequest, trustEnv: boolean): InternalAxiosRequestConfig {
    const { method, url, body, newConnection } = request;
    const config = this.#config;
    return {
      ...(newConnection && { httpAgent: new http.Agent(), httpsAgent: new https.Agent() }),
      ...config,
      // Of HTTP/2, axios opens the connection itself; Node takes the server name from the URL.
      http2Options: { ...undottedName({ url, headers: {} }), ...config.http2Options },
      ...this.#proxySettings(trustEnv),
      method,
      url: url.href,
      headers: toAxiosHeaders(request, config),
      data: this.#toData(body),
      // These are done by the attempt, or are part of the URL and the headers.
      ...{ baseURL: undefined, params: undefined, auth: undefined, cancelToken: undefined, validateStatus: null },
      ...{ beforeRedirect: undefined, maxRedirects: 0, maxContentLength: -1, decompress: false, timeout: 0 },
      responseType: 'stream',
      signal: this.#controller.signal,
      transport: { request: this.#send },
    } as unknown as InternalAxiosRequestConfig;
  }

  /** The proxy is in the agents: axios takes the proxy's response to CONNECT for the response of the server. */
  #proxySettings(trustEnv: boolean): Partial<InternalAxiosRequestConfig> {
    const config = this.#config;
    const rule = { proxy: config.proxy, trustEnv };
    if (!mayUseProxy(rule)) return { proxy: false };
    if ((config.httpVersion ?? 1) !== 1) {
      const message = '`httpVersion: 2` cannot be combined with a proxy; `proxy: false` uses none';
      throw Object.assign(new Error(message), { code: 'ERR_INVALID_PROXY' });
    }
    const agents = agentsOfCall(rule, config as CallerAgents, {
      signal: this.#controller.signal,
      watch: this.#wire.watch,
    });
    return { proxy: false, httpAgent: agents['http:'], httpsAgent: agents['https:'] };
  }

  #toData(body: WireRequest['body']): Buffer | string | Readable | undefined {
    if (body === undefined || typeof body === 'string') return body;
    if (isWhole(body)) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    this.#body = bodySource(body, (error) => {
      this.#fail(error, true);
    });
    return this.#body;
  }

  /** Sends for axios, to know how far the request got. */
  readonly #send = ((options: https.RequestOptions, onResponse: (response: IncomingMessage) => void) => {
    Object.assign(options, undottedName(this.#wire));
    const given = (this.#config as { readonly transport?: { readonly request: Send } }).transport;
    // Called as members of the default import, because nock and others replace them there.
    const native = options.protocol === 'https:' ? https : http;
    const request = given ? given.request(options, onResponse) : native.request(options, onResponse);
    this.request = request;
    if (this.#wire.watch) watchRequest(request, this.#wire.watch);
    this.#native = new NativeRequest(request, (error) => {
      this.#fail(error, false);
    });
    return request;
  }) as Send;

  #onResponse(response: AxiosResponse<Readable>): void {
    const { data, status, statusText, headers } = response;
    this.request = response.request;
    if (this.#isOver) {
      data.destroy();
      return;
    }
    if (status < 200 || status > 599) {
      data.destroy();
      this.#fail(invalidStatus(status), false);
      return;
    }
    this.#response = response;
    const sent = response.request as FollowedRequest;
    if (sent) (Object.assign(sent, PRINTED_REQUEST).res ??= {}).responseUrl = this.#wire.url.href;
    const head: WireHead = { status, statusText, headers: Object.assign({}, headers) as never, request: sent };
    let size = 0;
    data.on('error', (error) => {
      this.#onError(error);
    });
    data.once('end', () => {
      if (this.#isOver) return;
      // Node takes a reset for the end of a body that has no length, and over HTTP/2 for the end of any.
      const isCut = isCutOff(response.request, this.#wire.method, head, size);
      const reset = this.#native?.broken ?? (isCut ? cutOff() : undefined);
      if (reset) this.#fail(reset, false);
      else this.#complete();
    });
    this.#events.head(head, this);
    // A `data` listener starts the stream, so it is added after `head`, which may pause or destroy it.
    data.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (!this.#isOver) this.#events.data(chunk);
    });
  }

  #complete(): void {
    this.#isOver = true;
    // A response can arrive before the whole request body is sent; the server no longer needs the rest.
    this.#native?.giveUp();
    this.#body?.destroy();
    this.#events.end();
  }

  #onError(thrown: unknown): void {
    if (!isAxiosError(thrown)) {
      // The error of a body does not say what Node's parser rejected.
      this.#fail(this.#native?.broken ?? toError(thrown), false);
      return;
    }
    const cause = rootCause(thrown);
    // Without a cause, axios rejected an option.
    this.#fail(cause ?? classify(Object.assign(thrown, { config: this.#config, response: undefined })), false);
  }

  #fail(error: Error, byBody: boolean): void {
    if (this.#isOver) return;
    const phase = isOfConnecting(error) ? 'connect' : this.phase;
    this.destroy();
    this.#events.error({ error, phase: byBody ? 'headers' : phase, stale: false, byBody });
  }
}
