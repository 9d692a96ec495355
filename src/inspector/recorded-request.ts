import type { RequestEnd } from '../events/messages';
import type { ResponseView } from '../events/outcome-views';
import type { ConnectionFacts, RequestTimings, RequestView } from '../events/request-view';
import type { ExchangeReport, RequestReport } from './report';

/** Above this, the headers of a request are not kept. */
const MOST = 64 * 1024;

/** One request. Its URL and headers are kept as they were, and redacted when somebody looks at them. */
export class RecordedRequest {
  readonly #at = Date.now();
  readonly #startedAt = performance.now();
  readonly #view: RequestView;
  #response: ResponseView | undefined;
  #took: number | undefined;
  #code: string | undefined;
  #timings: RequestTimings | undefined;
  #connection: ConnectionFacts | undefined;

  constructor(view: RequestView) {
    this.#view = view;
  }

  isOf(view: RequestView): boolean {
    return this.#view === view;
  }

  headers(response: ResponseView): void {
    this.#response = response;
  }

  end({ response, error, timings, connection }: RequestEnd): void {
    this.#took = (performance.now() - this.#startedAt) / 1000;
    this.#response = response;
    this.#code = error?.code;
    this.#timings = timings;
    this.#connection = connection;
  }

  get url(): string {
    return this.#view.url;
  }

  /** Characters that it takes. */
  get size(): number {
    return this.#view.size + (this.#response?.size ?? 0);
  }

  report(): RequestReport {
    const { method, url, transport } = this.#view;
    return {
      ...{ at: this.#at, took: this.#took, method, url, transport, status: this.#response?.status, code: this.#code },
      ...{ timings: this.#timings, connection: this.#connection },
    };
  }

  detail(): ExchangeReport {
    return { ...this.report(), sent: listOf(this.#view.headers), received: listOf(this.#response?.headers) };
  }
}

function listOf(headers: Readonly<Record<string, unknown>> = {}): (readonly [string, string])[] {
  const all = Object.entries(headers).filter(([, value]) => value !== undefined);
  const size = all.reduce((sum, [name, value]) => sum + name.length + String(value).length, 0);
  if (size > MOST) return [['', `${all.length} headers of ${size} characters`]];
  return all.map(([name, value]) => [name, String(value)]);
}
