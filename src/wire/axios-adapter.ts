import http from 'node:http';
import https from 'node:https';
import type { AxiosAdapter, InternalAxiosRequestConfig } from 'axios';
import { callOf } from '../call/call-of';
import { OPEN_TELEMETRY } from '../context/open-telemetry';
import { AxiosExchange } from './axios-exchange';
import { inContext } from './in-context';
import { transportInTrace } from './in-trace';
import { areRequestsObserved, observedTransport } from './observed-transport';
import { toNodeLookup } from '../transports/lookup';
import type { RedirectPolicy } from './redirect-policy';
import { WireAttempt } from './wire-attempt';

/** Whether a request needs a feature that only axios's own adapter has. */
export function needsAxiosAdapter(config: InternalAxiosRequestConfig): boolean {
  // axios rejects any HTTP version except 1 and 2.
  if ((config.maxBodyLength ?? -1) > -1 || (config.httpVersion ?? 1) !== 1) return true;
  const { socketPath, maxRate, beforeRedirect, onUploadProgress, onDownloadProgress } = config;
  const special: unknown = socketPath ?? maxRate ?? beforeRedirect ?? onUploadProgress ?? onDownloadProgress;
  return (special ?? (config.transport as unknown) ?? undefined) !== undefined;
}

/**
 * An axios adapter on axios's own http adapter, with this client's clock, redirects, decoding and limits; without a proxy unless
 * one is configured. It rejects as `wireAdapter` does.
 */
export function axiosAdapter(trustEnv: boolean, policy: RedirectPolicy): AxiosAdapter {
  return (config) => {
    const settings = withLookup(config);
    // Its events arrive in the context of whichever request opened the connection.
    const transport = inContext({
      name: 'axios',
      dispatch: (request, events) => new AxiosExchange(request, events, settings, trustEnv),
    });
    return new Promise((resolve, reject) => {
      const traced = OPEN_TELEMETRY in globalThis ? transportInTrace(transport, config) : transport;
      const observed = areRequestsObserved() ? observedTransport(traced, config) : traced;
      new WireAttempt(observed, config, callOf(config), resolve, reject, policy).start();
    });
  };
}

/** axios takes a promise that is rejected with `undefined` for a fulfilled one, and throws where nobody can catch it. */
function withLookup(config: InternalAxiosRequestConfig): InternalAxiosRequestConfig {
  if (!config.lookup) return config;
  const lookup = toNodeLookup(config.lookup) as typeof config.lookup;
  // Node's own agents keep connections, for which a `lookup` that refuses addresses would not be asked.
  return { httpAgent: new http.Agent(), httpsAgent: new https.Agent(), ...config, lookup };
}
