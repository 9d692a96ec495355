import { channel } from 'node:diagnostics_channel';
import http from 'node:http';
import https from 'node:https';

/** What an instrumentation does with the requests that it sees. */
type Verdict = 'absent' | 'recording' | 'not-recording';

/** Whether an instrumentation of OpenTelemetry records `http.client.request.duration` of the requests of a transport. */
export class Instrumentations {
  readonly #http = new Patched();
  readonly #https = new Patched();

  /**
   * Asked for each request, because an instrumentation may be loaded later than the client.
   *
   * @param transport `transport` of a request view
   * @param scheme of its URL
   * @param protocol version of HTTP, if it is known
   */
  record(transport: string, scheme: string, protocol: string | undefined): boolean {
    if (transport === 'undici') return hasUndiciInstrumentation();
    // HTTP/2 goes past `http.request`.
    const onHTTP = protocol !== '2' && this.#recordHTTP(scheme);
    if (transport === 'http' || transport === 'axios') return onHTTP;
    // A third-party adapter or transport most likely sends with one of the two.
    return onHTTP || hasUndiciInstrumentation();
  }

  #recordHTTP(scheme: string): boolean {
    const verdict = this.#http.verdictOn(http.request);
    if (scheme !== 'https') return verdict === 'recording';
    // What is around `https.request` is the same in all versions.
    return this.#https.verdictOn(https.request) !== 'absent' && verdict !== 'not-recording';
  }
}

/** A function that `@opentelemetry/instrumentation-http` may have wrapped. Looked at again only when it has been replaced. */
class Patched {
  #last: unknown;
  #verdict: Verdict = 'absent';

  verdictOn(request: unknown): Verdict {
    if (request !== this.#last) {
      this.#last = request;
      this.#verdict = findVerdict(request);
    }
    return this.#verdict;
  }
}

/** Wrappers around wrappers that are looked through. */
const MOST_LAYERS = 10;

function findVerdict(request: unknown): Verdict {
  let layer = request;
  for (let depth = 0; depth < MOST_LAYERS && typeof layer === 'function'; depth++) {
    const { __original: original } = layer as { readonly __original?: unknown };
    if (original === undefined) break;
    const verdict = verdictOnSource(Function.prototype.toString.call(layer));
    if (verdict !== 'absent') return verdict;
    layer = original;
  }
  return 'absent';
}

/** By names of properties, which bundlers keep: APM agents wrap the function in the same way, and record no such metric. */
function verdictOnSource(source: string): Verdict {
  if (source.includes('_getPatchOutgoingRequestFunction')) return 'recording';
  if (!source.includes('ignoreOutgoingRequestHook')) return 'absent';
  // Earlier versions recorded the metric on demand, and the first ones not at all.
  if (source.includes('emconvStability')) return isOptedIn() ? 'recording' : 'not-recording';
  return source.includes('etOutgoingRequestMetricAttributes') ? 'not-recording' : 'recording';
}

function isOptedIn(): boolean {
  const { OTEL_SEMCONV_STABILITY_OPT_IN: list = '' } = process.env;
  return list.split(',').some((entry) => ['http', 'http/dup'].includes(entry.trim()));
}

const REQUEST_CREATED = channel('undici:request:create');

/**
 * `hasSubscribers` does not tell: APM agents subscribe too, and so does this package. Node names no subscribers, but lists them
 * in this property.
 */
function hasUndiciInstrumentation(): boolean {
  if (!REQUEST_CREATED.hasSubscribers) return false;
  const { _subscribers: subscribers } = REQUEST_CREATED as { readonly _subscribers?: unknown };
  return Array.isArray(subscribers) && subscribers.some(isUndiciInstrumentation);
}

function isUndiciInstrumentation(subscriber: unknown): boolean {
  return typeof subscriber === 'function' && subscriber.name === 'bound onRequestCreated';
}
