/** RFC 9110 and RFC 5789. */
const STANDARD = 'CONNECT,DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT,TRACE';

/**
 * The methods that may be the value of an attribute.
 *
 * @see Semantic conventions for HTTP spans, `http.request.method`
 */
export function knownMethods(env: NodeJS.ProcessEnv = process.env): ReadonlySet<string> {
  const { OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS: listed = '' } = env;
  return new Set((listed.trim() === '' ? STANDARD : listed).split(',').map((method) => method.trim().toUpperCase()));
}
