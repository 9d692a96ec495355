import { Readable } from 'node:stream';
import axios, { type AxiosAdapter, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { callOf } from '../call/call-of';
import { classify } from '../call/classify';
import type { RequestEvents } from '../events/request-events';
import { targetOf } from '../request/url';
import { sendInTrace } from './in-trace';
import { areRequestsObserved, requestEventsOf } from './observed-transport';

/** What an adapter of others does, published as one request: nothing is known of what happens within. */
export class ObservedAdapter {
  constructor(
    private readonly config: InternalAxiosRequestConfig,
    private readonly published: RequestEvents,
  ) {}

  /** `undefined` if nobody observes, or the URL is one that only the adapter understands. */
  static of(config: InternalAxiosRequestConfig): ObservedAdapter | undefined {
    const published = areRequestsObserved() ? requestEventsOf(config, 'adapter') : undefined;
    return published && new ObservedAdapter(config, published);
  }

  async send(adapter: AxiosAdapter): Promise<AxiosResponse> {
    const { config } = this;
    const { headers, method = 'get' } = config;
    // Subscribers set headers of this request alone.
    config.headers = new axios.AxiosHeaders(headers);
    try {
      const url = targetOf(config, callOf(config));
      this.published.begin({ method: method.toUpperCase(), url, headers: config.headers });
      return await this.published.send(() => sendInTrace(adapter, config));
    } finally {
      config.headers = headers;
    }
  }

  responded(response: AxiosResponse): void {
    this.published.headers(response);
    const data: unknown = response.data;
    if (data instanceof Readable && !data.closed)
      data.once('close', this.published.end.bind(this.published, undefined));
    else this.published.end();
  }

  failed(thrown: unknown): void {
    const error = classify(thrown);
    if (error.response) this.responded(error.response);
    else this.published.end(error);
  }
}
