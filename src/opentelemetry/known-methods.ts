/** RFC 9110, with PATCH (RFC 5789) and QUERY. */
const STANDARD = ['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'QUERY', 'TRACE'];

/** What telemetry calls a method that it does not know, so that wrong methods do not make new series. */
const OTHER = '_OTHER';

/**
 * The methods that keep their name in telemetry.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/, `http.request.method`
 */
export class KnownMethods {
  readonly #known: ReadonlySet<string>;

  constructor(list = process.env['OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS']) {
    const names = list?.split(',').flatMap((name) => name.trim() || []) ?? [];
    this.#known = new Set(names.length > 0 ? names : STANDARD);
  }

  nameOf(method: string): string {
    return this.#known.has(method) ? method : OTHER;
  }
}
