import { Readable } from 'node:stream';
import axios, { type AxiosAdapter, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { callOf } from '../call/call-of';
import { classify } from '../call/classify';
import { isRequestException } from '../errors/guards';
import type { RequestEvents } from '../events/request-events';
import { findTarget } from '../request/url';
import { sendInTrace } from './in-trace';
import { adapterEventsOf, areRequestsObserved } from './observed-transport';

/** What a third-party adapter does, published as one request: nothing is known of what happens inside. */
export class ObservedAdapter {
  private constructor(
    private readonly config: InternalAxiosRequestConfig,
    private readonly url: Readonly<URL>,
    private readonly published: RequestEvents,
  ) {}

  /** `undefined` if nobody observes, or the URL is one that only the adapter understands. */
  static of(config: InternalAxiosRequestConfig): ObservedAdapter | undefined {
    const published = areRequestsObserved() ? adapterEventsOf(config) : undefined;
    const url = published && findTarget(config, callOf(config));
    return url && new ObservedAdapter(config, url, published);
  }

  /** Sends with a copy of the headers in the config, which the caller takes back: subscribers set headers of this request alone. */
  send(adapter: AxiosAdapter): Promise<AxiosResponse> {
    const { config, url, published } = this;
    const headers = (config.headers = new axios.AxiosHeaders(config.headers));
    published.begin({ method: (config.method ?? 'get').toUpperCase(), url, headers });
    return published.send(() => sendInTrace(adapter, config));
  }

  /** @param stream the body, if it is one */
  responded(response: AxiosResponse, stream?: Readable): void {
    this.published.headers(response);
    if (!stream || stream.closed) this.published.end();
    else stream.once('close', this.#closed.bind(this, stream));
  }

  /** Only the first time counts. */
  failed(thrown: unknown): void {
    const error = classify(thrown);
    const { response } = error;
    if (!response) this.published.end(error);
    else this.responded(response, response.data instanceof Readable ? response.data : undefined);
  }

  #closed({ errored }: Readable): void {
    this.published.end(isRequestException(errored) ? errored : undefined);
  }
}
