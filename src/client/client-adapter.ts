import type { AxiosAdapter, InternalAxiosRequestConfig } from 'axios';
import type { Config } from './options/config';
import { measuringOf } from '../request/body';
import { isReplayable } from '../request/replayable';
import type { RetryPolicy } from '../resilience/retry-options';
import { isMethodRetried } from '../resilience/retry-policy';
import { httpTransport } from '../transports/http';
import { mayUseProxy } from '../transports/proxy/proxy';
import type { Connection, Transport } from '../transports/transport';
import { wholeTurn } from '../util/soon';
import { axiosAdapter, needsAxiosAdapter } from '../wire/axios-adapter';
import { wireAdapter } from '../wire/wire-adapter';

interface ClientAdapter {
  readonly adapter: AxiosAdapter;
  /** Closes the idle connections of its transports. */
  readonly close: () => void;
}

/**
 * The adapter of a client. For each request it chooses what sends it: the client's transport, the http transport for connection
 * options that the former does not support, or axios's own adapter for options that neither supports.
 */
export function clientAdapter({ transport, connections, trustEnv, redirects, retry }: Config): ClientAdapter {
  const { uncovered = [], proxies = false } = transport;
  const coversAll = !transport.uncovered && proxies;
  const own = new Carrier(transport);
  const http = coversAll ? own : new Carrier(httpTransport(connections, trustEnv));
  const byOwn = wireAdapter(own, redirects);
  const byHTTP = wireAdapter(http, redirects);
  const byAxios = axiosAdapter(trustEnv, redirects);
  const send: AxiosAdapter = (config) => {
    if (needsAxiosAdapter(config)) return byAxios(config);
    if ((config.proxy || trustEnv) && !proxies && mayUseProxy({ proxy: config.proxy, trustEnv })) return byHTTP(config);
    for (const name of uncovered) if ((config as Connection)[name] !== undefined) return byHTTP(config);
    return byOwn(config);
  };
  return {
    adapter: (config) => {
      if (config.data === undefined && retry.unsafeMethods === 'always') return send(config);
      const waiting = waitBefore(config, retry);
      return waiting ? waiting.then(() => send(config)) : send(config);
    },
    close: () => {
      for (const one of new Set([own, http])) one.close();
    },
  };
}

/** A transport as one client uses it: another client may share it, and go on when this one is closed. */
class Carrier implements Pick<Transport, 'name' | 'freesLate' | 'dispatch'> {
  readonly name: string;
  readonly freesLate: boolean;
  dispatch: Transport['dispatch'];

  constructor(private readonly transport: Transport) {
    this.name = transport.name;
    this.freesLate = transport.freesLate ?? false;
    this.dispatch = transport.dispatch.bind(transport);
  }

  /** Requests that follow, such as those that still wait for a token, leave no connection open. */
  close(): void {
    this.dispatch = (request, events) => this.transport.dispatch({ ...request, newConnection: true }, events);
    this.transport.close();
  }
}

/** Resolves when the request can be sent; `undefined` if it can be at once. */
function waitBefore(
  { data, method = 'get' }: InternalAxiosRequestConfig<unknown>,
  policy: RetryPolicy,
): Promise<void> | undefined {
  const measuring = measuringOf(data);
  // A stream to which the caller listens would lose what comes while nobody reads it.
  if (measuring || !isReplayable(data)) return measuring;
  if (isMethodRetried({ sent: 'maybe' }, { method: method.toUpperCase() }, policy)) return undefined;
  // It is not replayed if its connection is stale: while the process was busy, the server may have closed some that look idle.
  return wholeTurn();
}
