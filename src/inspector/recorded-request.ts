import type { RequestEnd } from '../events/messages';
import type { ResponseView } from '../events/outcome-views';
import type { ConnectionFacts, RequestView } from '../events/request-view';
import type { ExchangeReport, RequestReport, TimingsReport } from './report';
import { shortened } from './shortened';

/** Above this, the headers of a request are not kept. */
const MOST = 64 * 1024;

/** One request. Its URL and headers are kept as they were, and redacted when somebody looks at them. */
export class RecordedRequest {
  /** The one that follows it. */
  next: RecordedRequest | undefined = undefined;
  readonly #at: number;
  #view: Pick<RequestView, 'method' | 'url' | 'transport' | 'headers' | 'size'>;
  #response: Pick<ResponseView, 'status' | 'headers' | 'size'> | undefined = undefined;
  /** Microseconds; -1 while it is under way. */
  #took = -1;
  #code: string | undefined = undefined;
  /** Microseconds of each step; -1 for one that did not happen. V8 keeps an integer without an object. */
  #queued = -1;
  #dns = -1;
  #connect = -1;
  #tls = -1;
  #sent = -1;
  #wait = -1;
  #receive = -1;
  #connection: ConnectionFacts | undefined = undefined;

  /** @param at milliseconds after the start of its call */
  constructor(view: RequestView, at: number) {
    this.#view = view;
    this.#at = at;
  }

  isOf(view: RequestView): boolean {
    return this.#view === view;
  }

  headers(response: ResponseView): void {
    this.#response = response;
  }

  end({ request, response, error, timings, connection }: RequestEnd): void {
    this.#took = toMicroseconds(request.elapsed);
    this.#response = response;
    this.#code = error?.code;
    this.#connection = connection;
    if (!timings) return;
    this.#queued = toMicroseconds(timings.queued);
    this.#dns = toMicroseconds(timings.dns);
    this.#connect = toMicroseconds(timings.connect);
    this.#tls = toMicroseconds(timings.tls);
    this.#sent = toMicroseconds(timings.sent);
    this.#wait = toMicroseconds(timings.wait);
    this.#receive = toMicroseconds(timings.receive);
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

  /** @param callAt when its call started */
  report(callAt: number): RequestReport {
    const { url } = this;
    const { method, transport } = this.#view;
    return {
      ...{
        at: callAt + this.#at,
        took: fromMicroseconds(this.#took),
        method,
        url,
        transport,
        status: this.#response?.status,
        code: this.#code,
      },
      ...{ timings: this.#timings(), connection: this.#connection },
    };
  }

  /** @param callAt when its call started */
  detail(callAt: number): ExchangeReport {
    return { ...this.report(callAt), sent: listOf(this.#view.headers), received: listOf(this.#response?.headers) };
  }

  #timings(): TimingsReport | undefined {
    const timings = {
      queued: fromMicroseconds(this.#queued),
      dns: fromMicroseconds(this.#dns),
      connect: fromMicroseconds(this.#connect),
      tls: fromMicroseconds(this.#tls),
      sent: fromMicroseconds(this.#sent),
      wait: fromMicroseconds(this.#wait),
      receive: fromMicroseconds(this.#receive),
    };
    return Object.values(timings).some((one) => one !== undefined) ? timings : undefined;
  }
}

/** -1 for a time that is not known. */
function toMicroseconds(seconds: number | undefined): number {
  return seconds === undefined ? -1 : Math.round(seconds * 1e6);
}

function fromMicroseconds(microseconds: number): number | undefined {
  return microseconds < 0 ? undefined : microseconds / 1e6;
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
