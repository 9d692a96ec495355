import axios, { type AxiosAdapter, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { callOf } from '../call/call-of';
import { inTrace, OPEN_TELEMETRY } from '../context/open-telemetry';
import { keepOneTraceparent, requestCreated } from '../transports/one-traceparent';
import type { Transport } from '../transports/transport';

type Dispatching = Pick<Transport, 'name' | 'dispatch'>;

/** A transport whose requests keep the trace of their call under OpenTelemetry. Used only where it is present. */
export function transportInTrace(transport: Dispatching, config: InternalAxiosRequestConfig): Dispatching {
  const inherited = callOf(config).context?.trace;
  return {
    name: transport.name,
    dispatch: (request, events) => inTrace(request.headers, inherited, () => transport.dispatch(request, events)),
  };
}

/** The same for a third-party adapter, which may also throw before it returns a promise. */
export async function sendInTrace(adapter: AxiosAdapter, config: InternalAxiosRequestConfig): Promise<AxiosResponse> {
  // axios's fetch adapter sends through undici.
  if (requestCreated.hasSubscribers) keepOneTraceparent();
  if (!(OPEN_TELEMETRY in globalThis)) return adapter(config);
  const { headers } = config;
  // A copy for this attempt: the next one starts from the trace of the context again.
  const own = (config.headers = new axios.AxiosHeaders(headers));
  try {
    return await inTrace(own, callOf(config).context?.trace, () => adapter(config));
  } finally {
    // Not if the attempt has ended before, and its config is in use again.
    if (config.headers === own) config.headers = headers;
  }
}
