import type { AxiosAdapter, InternalAxiosRequestConfig } from 'axios';
import { callOf } from '../call/call-of';
import { OPEN_TELEMETRY } from '../context/open-telemetry';
import { requestDone, requestEnd, requestHeaders, requestStart } from '../events/channels';
import { isBelow400 } from './wire-response';
import { inContext } from './in-context';
import { transportInTrace } from './in-trace';
import { observedTransport } from './observed-transport';
import type { Transport } from '../transports/transport';
import { resolveRedirects, type RedirectPolicy } from './redirect-policy';
import { WireAttempt } from './wire-attempt';

/**
 * An axios adapter on `transport`: adds the clock, redirects, decoding, the size limit and cancellation.
 *
 * It rejects with an AxiosError for a status that `validateStatus` rejects, with the error that `validateStatus` throws, and
 * with a RequestException for other failures.
 */
export function wireAdapter(
  transport: Pick<Transport, 'name' | 'freesLate' | 'dispatch'>,
  policy: RedirectPolicy = resolveRedirects({}),
): AxiosAdapter {
  return (config) =>
    new Promise((resolve, reject) => {
      const isEndObserved = requestEnd.hasSubscribers || requestDone.hasSubscribers;
      const isObserved = isEndObserved || requestStart.hasSubscribers || requestHeaders.hasSubscribers;
      const bound = runsUserCode(config) ? inContext(transport) : transport;
      const traced = OPEN_TELEMETRY in globalThis ? transportInTrace(bound, config) : bound;
      const observed = isObserved ? observedTransport(traced, config) : traced;
      new WireAttempt(observed, config, callOf(config), resolve, reject, policy).start(transport.freesLate);
    });
}

/**
 * Whether wire events run the user's code: a stream reader, a body function, or `validateStatus`. Subscribers do not count, because
 * their messages come in the context of the call anyway.
 */
function runsUserCode({ responseType, data, validateStatus }: InternalAxiosRequestConfig<unknown>): boolean {
  return responseType === 'stream' || typeof data === 'function' || (validateStatus ?? isBelow400) !== isBelow400;
}
