import type { TemplateOf } from './url-template';

/** What is recorded of the calls of all clients in the process. */
export interface OpenTelemetryOptions {
  /** One span of kind CLIENT for each request on the wire. @default true */
  readonly spans?: boolean | undefined;
  /** Durations of calls and requests, and what the client does for an upstream. @default true */
  readonly metrics?: boolean | undefined;
  /**
   * Whether `http.client.request.duration` is recorded. With `auto`, not for requests that an instrumentation records already,
   * because the metric of the instrumentation cannot be turned off.
   *
   * @default 'auto'
   */
  readonly requestDuration?: 'auto' | boolean | undefined;
  /** The template of a URL whose call has no `pathParams`; `undefined` for none. It must have few values. @default none */
  readonly urlTemplate?: ((url: string) => string | undefined) | undefined;
  /** Names of headers that become attributes. @default none */
  readonly requestHeaders?: readonly string[] | undefined;
  /** Names of headers that become attributes. @default none */
  readonly responseHeaders?: readonly string[] | undefined;
  /** An INTERNAL span for each call, around its requests. @default false */
  readonly callSpan?: boolean | undefined;
}

/** OpenTelemetryOptions, checked and with all defaults. */
export interface OpenTelemetrySettings {
  readonly spans: boolean;
  readonly metrics: boolean;
  readonly requestDuration: 'auto' | boolean;
  /** It does not throw. */
  readonly urlTemplate: TemplateOf | undefined;
  readonly requestHeaders: readonly string[];
  readonly responseHeaders: readonly string[];
  readonly callSpan: boolean;
}
