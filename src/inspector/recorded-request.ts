import type { RequestEnd } from '../events/messages';
import type { ResponseView } from '../events/outcome-views';
import type { ConnectionFacts, RequestTimings, RequestView } from '../events/request-view';
import type { ExchangeReport, RequestReport } from './report';
import { shortened } from './shortened';

/** Above this, the headers of a request are not kept. */
const MOST = 64 * 1024;

/** One request. Its URL and headers are kept as they were, and redacted when somebody looks at them. */
export class RecordedRequest {
  readonly #at = Date.now();
  #view: Pick<RequestView, 'method' | 'url' | 'transport' | 'headers' | 'size'>;
  #response: Pick<ResponseView, 'status' | 'headers' | 'size'> | undefined = undefined;
  /** Microseconds; -1 while it is under way. */
  #took = -1;
  #code: string | undefined = undefined;
  #timings: RequestTimings | undefined = undefined;
  #connection: ConnectionFacts | undefined = undefined;

  constructor(view: RequestView) {
    this.#view = view;
  }

  isOf(view: RequestView): boolean {
    return this.#view === view;
  }

  headers(response: ResponseView): void {
    this.#response = response;
  }

  end({ request, response, error, timings, connection }: RequestEnd): void {
    this.#took = Math.round(request.elapsed * 1e6);
    this.#response = response;
    this.#code = error?.code;
    this.#timings = timings;
    this.#connection = connection;
  }

  get url(): string {
    return shortened(this.#view.url);
  }

  /**
   * What is too large to keep is replaced by what is shown of it. Its view is not known any more.
   *
   * @returns how many characters it takes
   */
  shed(): number {
    const { size } = this;
    if (size <= MOST) return size;
    const { method, url, transport, headers } = this.#view;
    this.#view = small({ method, url: shortened(url), transport, headers });
    this.#response = this.#response && small({ status: this.#response.status, headers: this.#response.headers });
    return this.size;
  }

  /** Characters that it takes. */
  get size(): number {
    return this.#view.size + (this.#response?.size ?? 0);
  }

  report(): RequestReport {
    const { url } = this;
    const { method, transport } = this.#view;
    return {
      ...{
        at: this.#at,
        took: this.#took < 0 ? undefined : this.#took / 1e6,
        method,
        url,
        transport,
        status: this.#response?.status,
        code: this.#code,
      },
      ...{ timings: this.#timings, connection: this.#connection },
    };
  }

  detail(): ExchangeReport {
    return { ...this.report(), sent: listOf(this.#view.headers), received: listOf(this.#response?.headers) };
  }
}

/** With headers as they are shown. */
function small<T extends { readonly url?: string; readonly headers: Readonly<Record<string, unknown>> }>(
  view: T,
): T & { readonly size: number } {
  const list = listOf(view.headers);
  const size = list.reduce((sum, [name, value]) => sum + name.length + value.length, view.url?.length ?? 0);
  return { ...view, headers: Object.fromEntries(list), size };
}

function listOf(headers: Readonly<Record<string, unknown>> = {}): (readonly [string, string])[] {
  const all = Object.entries(headers).filter(([, value]) => value !== undefined);
  const size = all.reduce((sum, [name, value]) => sum + name.length + String(value).length, 0);
  if (size > MOST) return [['', `${all.length} headers of ${size} characters`]];
  return all.map(([name, value]) => [name, String(value)]);
}
