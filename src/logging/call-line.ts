import { activeSpan } from '../context/active-span';
import type { CallView } from '../events/call-view';
import type { CallEnd } from '../events/messages';
import type { ErrorView } from '../events/outcome-views';
import { cut, cutURL } from '../util/cut';
import { withoutUndefined } from '../util/without-undefined';
import { printAttempts } from './print-attempts';

/** What a line of the log has in addition to its level. */
interface Line {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** Characters of what is quoted of a failure. */
const MAX_DETAIL = 300;

/** @param further fields that are added to the others, or replace them; one that is undefined is left out */
export function lineOf(end: CallEnd, further: object = {}): Line {
  return { fields: withoutUndefined({ ...fieldsOf(end), ...further }), message: messageOf(end) };
}

/** Names are those of the semantic conventions of OpenTelemetry, where these have one. */
function fieldsOf({ call, response, error }: CallEnd): object {
  const { attempts, retries, context } = call;
  const span = activeSpan();
  return {
    client: call.client,
    'http.request.method': call.method,
    'url.full': cutURL(call.url),
    'url.template': call.template,
    'server.address': call.address,
    'server.port': call.port,
    'http.response.status_code': error ? error.status : response?.status,
    'error.type': error && errorType(error),
    code: error?.code,
    duration: call.elapsed,
    retries: retries === 0 ? undefined : retries,
    attempts: attempts.length === 0 ? undefined : printAttempts(attempts),
    request_id: context?.requestId,
    trace_id: span?.traceId ?? context?.traceId,
    // Without spans in this service, its calls belong to the span of its caller.
    span_id: span?.spanId ?? context?.parentId,
  };
}

/** The status of an error response, otherwise the code. */
function errorType({ name, code, status }: ErrorView): string {
  return name === 'HTTPError' && status !== undefined && status >= 400 ? String(status) : code;
}

/** As in `GET user-service:8000/users/{id}: 200 in 1.5 s, after 2 retries`. */
function messageOf({ call, response, error }: CallEnd): string {
  const { retries, elapsed } = call;
  const outcome = error ? `${detailOf(error, call)} [${error.code}]` : String(response?.status ?? 'done');
  const effort = retries === 0 ? '' : `, after ${retries} ${retries === 1 ? 'retry' : 'retries'}`;
  return `${call.method} ${cutURL(shortURL(call))}: ${outcome} in ${roundSeconds(elapsed)} s${effort}`;
}

/** Host, port and path. Without the query, which may be long. */
function shortURL({ url, template }: CallView): string {
  const plain = url.replace(/[?#].*$/s, '');
  const [, host, path = ''] = /^https?:\/\/([^/]*)(.*)$/is.exec(plain) ?? [];
  return host === undefined ? plain : host + (template ?? path);
}

/** What went wrong, in one line, without the request that the message begins with. */
function detailOf({ message }: ErrorView, { method, url }: CallView): string {
  const request = `${method} ${cutURL(url)}: `;
  const detail = message.startsWith(request) ? message.slice(request.length) : message;
  return cut(detail.replace(/\s+/g, ' '), MAX_DETAIL);
}

/** Milliseconds below a second, tenths above. */
function roundSeconds(seconds: number): number {
  return Number(seconds.toFixed(seconds < 1 ? 3 : 1));
}
