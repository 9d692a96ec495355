import {
  HTTPClient,
  OriginStates,
  type HTTPClientOptions,
  type HTTPResponse,
  type RequestOptions,
} from '../../src/index';

/** A client whose attempts come quickly, and what it keeps of the origins. */
export function watched(options: HTTPClientOptions = {}): { client: HTTPClient; origins: OriginStates } {
  const origins = new OriginStates();
  const client = new HTTPClient({ origins, retryAttempts: 0, ...options, retry: { base: 0.001, ...options.retry } });
  return { client, origins };
}

/** Attempts that have not been told how they ended, and slots that are taken or waited for. All 0 after the last call. */
export function leftOver(origins: OriginStates): { inUse: number; active: number; waiting: number } {
  const states = [...origins.values()];
  const sum = (numbers: readonly (number | undefined)[]): number =>
    numbers.reduce<number>((total, one = 0) => total + one, 0);
  return {
    inUse: sum(states.map(({ inUse }) => inUse)),
    active: sum(states.map(({ concurrency }) => concurrency?.active)),
    waiting: sum(states.map(({ concurrency }) => concurrency?.waiting)),
  };
}

export const NOTHING = { inUse: 0, active: 0, waiting: 0 };

type Send = (
  client: HTTPClient,
  url: string,
  options?: RequestOptions,
) => Promise<Pick<HTTPResponse, 'status' | 'data'>>;

/** The ways into a client, and axios's own adapter, which an option of its own asks for. */
export const ENTRANCES: readonly (readonly [string, Send])[] = [
  ['client.get', (client, url, options) => client.get(url, options)],
  ['client.axios.get', (client, url, options) => client.axios.get(url, options as object)],
  [
    "client.get over axios's adapter",
    (client, url, options) => client.get(url, { ...options, onDownloadProgress: () => undefined }),
  ],
];
