import type { AxiosAdapter } from 'axios';
import type { Call } from '../call/call';
import type { Attempt } from '../journal/attempt';
import { callOf } from '../call/call-of';
import { isRequestException } from '../errors/guards';
import { toError } from '../util/is-error';
import { HTTPClient } from '../client/http-client';
import type { HTTPClientOptions, RequestOptions } from '../client/options';
import { promised } from '../util/promises';
import type { HTTPResponse } from '../response/http-response';
import { wireAdapter } from '../wire/wire-adapter';
import { MockExchange, type MockAnswer } from './mock-exchange';
import { play, type Received, type Script } from './script';

/** A call that a mock client made: what its last attempt sent, and all its attempts. */
export interface MockCall extends Received {
  /** The journal: what became of each attempt. */
  readonly attempts: readonly Attempt[];
  /** What was sent, redirects included, oldest first. */
  readonly requests: readonly Received[];
}

export type MockClientOptions = Omit<HTTPClientOptions, 'adapter' | 'transport'>;

/**
 * A real client to which a script answers, without a socket: tokens, retries, redirects, time limits, errors and plugins
 * are those of the client. Unless `options` say otherwise, it does not wait between attempts.
 */
export function mockClient(script: Script<MockAnswer> = [], options: MockClientOptions = {}): MockClient {
  return new MockClient(script, options);
}

/** What `mockClient` makes. */
export class MockClient extends HTTPClient {
  readonly #tape: Tape;
  readonly #unsent: Error[] = [];

  constructor(script: Script<MockAnswer> = [], options: MockClientOptions = {}) {
    const tape = new Tape(script);
    // An adapter, and not a transport: what no transport of ours covers would go to axios's own, and so to the network.
    super({ ...options, retry: withoutWaits(options.retry), adapter: tape.adapter });
    this.#tape = tape;
  }

  /** What was called, oldest first. A call that failed before anything was sent is not among them. */
  get calls(): readonly MockCall[] {
    return this.#tape.calls;
  }

  /** What was sent, oldest first: each attempt, each redirect. */
  get requests(): readonly Received[] {
    return this.#tape.requests;
  }

  /** Failures of calls for which nothing was sent: no URL, no token, a wrong option. Those of `client.axios` are not among them. */
  get unsent(): readonly Error[] {
    return this.#unsent;
  }

  override request<T = unknown>(method: string, url: string | URL, options?: RequestOptions): Promise<HTTPResponse<T>> {
    return promised(() => this.#request<T>(method, url, options)).catch((reason: unknown) => {
      const error = toError(reason);
      if (!isRequestException(error) || error.attempts.length === 0) this.#unsent.push(error);
      throw reason as Error;
    });
  }

  #request<T>(method: string, url: string | URL, options?: RequestOptions): Promise<HTTPResponse<T>> {
    if (options?.adapter === undefined) return super.request<T>(method, url, options);
    throw new TypeError('A call of a mock client takes no `adapter`: it would go past the script');
  }
}

/** What is no object of options is for the client to complain of. */
function withoutWaits(retry: HTTPClientOptions['retry'] = {}): HTTPClientOptions['retry'] {
  if (typeof retry !== 'object' || (retry as unknown) === null) return retry;
  const { base = 0, ...others } = retry;
  return { ...others, base };
}

interface Recording {
  readonly call: Call;
  readonly requests: Received[];
  /** The first request of the last attempt. */
  last: Received;
}

/** Plays the answers and records the requests. */
class Tape {
  readonly requests: Received[] = [];
  readonly #recordings = new Map<Call, Recording>();

  constructor(private readonly script: Script<MockAnswer>) {}

  get calls(): readonly MockCall[] {
    return [...this.#recordings.values()].map(({ call, requests, last }) => {
      return { ...last, attempts: [...call.attempts], requests: [...requests] };
    });
  }

  readonly adapter: AxiosAdapter = async (config) =>
    new Promise((resolve, reject) => {
      const call = callOf(config);
      let isFirst = true;
      const reply = async (request: Received): ReturnType<typeof play<MockAnswer>> => {
        this.#record(call, request, isFirst);
        isFirst = false;
        try {
          return await play(this.script, request, this.requests.length);
        } catch (error) {
          // A script that throws is a mistake in a test, and no failure of the network, which would be retried.
          reject(error);
          throw error;
        }
      };
      const attempt = wireAdapter({
        name: 'mock',
        dispatch: (request, events) => new MockExchange(request, events, reply),
        close: () => undefined,
      });
      attempt(config).then(resolve, reject);
    });

  #record(call: Call, request: Received, isFirst: boolean): void {
    this.requests.push(request);
    const recording = this.#recordings.get(call);
    if (!recording) {
      this.#recordings.set(call, { call, requests: [request], last: request });
      return;
    }
    recording.requests.push(request);
    if (isFirst) recording.last = request;
  }
}
