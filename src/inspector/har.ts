import type { CallDetail, ExchangeReport } from './report';

/** A HAR 1.2 log: one entry for each request on the wire. */
export interface HAR {
  /** The log, as the specification nests it. */
  readonly log: {
    /** Version of the format. */
    readonly version: '1.2';
    /** Name and version of this package. */
    readonly creator: {
      /** Name of this package. */
      readonly name: string;
      /** Its version. */
      readonly version: string;
    };
    /** The requests, oldest call first. */
    readonly entries: readonly object[];
  };
}

/**
 * @param version of this package
 * @see HAR 1.2 specification, as browsers export it
 */
export function toHAR(calls: readonly CallDetail[], version: string): HAR {
  const entries = calls.flatMap((call) => call.exchanges.map((exchange, index) => entryOf(call, exchange, index)));
  return { log: { version: '1.2', creator: { name: '@hdms/http-client', version }, entries } };
}

function entryOf(call: CallDetail, exchange: ExchangeReport, index: number): object {
  const { at, took = 0, method, url, status = 0, code, sent, received, connection } = exchange;
  const httpVersion = connection?.protocol === undefined ? '' : `HTTP/${connection.protocol}`;
  return {
    startedDateTime: new Date(at).toISOString(),
    time: milliseconds(took),
    request: {
      ...{ method, url, httpVersion, cookies: [], headers: sent.map(toPair) },
      queryString: [...new URL(url).searchParams].map(toPair),
      ...{ headersSize: -1, bodySize: -1 },
    },
    response: {
      ...{ status, statusText: '', httpVersion, cookies: [], headers: received.map(toPair) },
      content: { size: -1, mimeType: headerOf(received, 'content-type') },
      redirectURL: headerOf(received, 'location'),
      ...{ headersSize: -1, bodySize: -1 },
      ...(code !== undefined && { _error: code }),
    },
    cache: {},
    timings: timingsOf(exchange),
    ...(connection?.address !== undefined && { serverIPAddress: connection.address }),
    ...{ _call: call.key, _request: index + 1, _client: call.client, _template: call.template },
    ...(call.context && { _requestId: call.context.requestId }),
  };
}

/** -1 for a step that did not happen; `send`, `wait` and `receive` must be numbers. */
function timingsOf({ took = 0, timings = {} }: ExchangeReport): object {
  const { queued, dns, connect, tls, sent, wait, receive } = timings;
  const known = [queued, dns, connect, tls, sent, receive].reduce<number>((sum, one) => sum + (one ?? 0), 0);
  return {
    blocked: optional(queued),
    dns: optional(dns),
    // As browsers have it: with the time for TLS.
    connect: connect === undefined ? -1 : milliseconds(connect + (tls ?? 0)),
    ssl: optional(tls),
    send: milliseconds(sent ?? 0),
    wait: milliseconds(wait ?? Math.max(0, took - known)),
    receive: milliseconds(receive ?? 0),
  };
}

function optional(seconds: number | undefined): number {
  return seconds === undefined ? -1 : milliseconds(seconds);
}

function milliseconds(seconds: number): number {
  return Math.round(seconds * 1_000_000) / 1000;
}

function toPair([name, value]: readonly [string, string]): object {
  return { name, value };
}

function headerOf(headers: ExchangeReport['received'], name: string): string {
  return headers.find(([one]) => one.toLowerCase() === name)?.[1] ?? '';
}
