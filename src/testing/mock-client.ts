import type { AxiosAdapter } from 'axios';
import type { Call } from '../call/call';
import type { Attempt } from '../journal/attempt';
import { callOf } from '../call/call-of';
import { isRequestException } from '../errors/guards';
import { toError } from '../util/is-error';
import { HTTPClient } from '../client/http-client';
import type { CallArguments } from '../client/call-arguments';
import type { HTTPClientOptions } from '../client/options/client-options';
import { checkClientOptions } from '../client/options/options-argument';
import { methodsOf, startAtCaller } from '../stack/blame-caller';
import { ownOptions } from '../util/own-options';
import { promised } from '../util/promises';
import type { HTTPResponse } from '../response/http-response';
import { wireAdapter } from '../wire/wire-adapter';
import { checkScript } from './check-script';
import { MockExchange, type MockAnswer } from './mock-exchange';
import { nextAnswer, type Received, type Script } from './script';

/** A call of a mock client: the request of its last attempt, and all its attempts. */
export interface MockCall extends Received {
  /** The journal: how each attempt ended. */
  readonly attempts: readonly Attempt[];
  /** All requests sent, including those after redirects, oldest first. */
  readonly requests: readonly Received[];
  /** Whether a second attempt was made because the first was slow. */
  readonly hedged: boolean;
}

/** The options of a client, except those that carry requests. */
export type MockClientOptions = Omit<HTTPClientOptions, 'adapter' | 'transport'>;

/**
 * A real client that gets its responses from a script, without a socket. Tokens, retries, redirects, time limits, errors and
 * plugins work as in any client. It does not wait between attempts, because `retry.base` is 0 by default. Each one starts with a
 * full retry budget, a closed circuit and so on, unless `origins` is shared.
 *
 * @throws TypeError or RangeError if an option or the script is wrong
 */
export function mockClient(script: Script<MockAnswer> = [], options: MockClientOptions = {}): MockClient {
  return new MockClient(script, options);
}

/** The client that `mockClient` creates. */
export class MockClient extends HTTPClient {
  readonly #recorder: CallRecorder;
  readonly #unsent: Error[] = [];

  /** As {@link mockClient}. @throws TypeError or RangeError if an option is wrong */
  constructor(script: Script<MockAnswer> = [], options: MockClientOptions = {}) {
    checkScript(script);
    checkClientOptions(options);
    const own = ownOptions(options);
    const recorder = new CallRecorder(script);
    // An adapter, not a transport: a request that no transport covers goes to axios's adapter, and so to the network.
    super({ ...own, retry: withoutWaits(own.retry), adapter: recorder.adapter });
    this.#recorder = recorder;
  }

  /** The calls that sent a request, oldest first. */
  get calls(): readonly MockCall[] {
    return this.#recorder.calls;
  }

  /** The requests sent, oldest first: one for each attempt and each redirect. */
  get requests(): readonly Received[] {
    return this.#recorder.requests;
  }

  /**
   * Failures of calls that sent nothing, for example because of an invalid URL, a missing token or a wrong option. Calls
   * of `client.axios` are not included.
   */
  get unsent(): readonly Error[] {
    return this.#unsent;
  }

  /** As in HTTPClient, with a response of the script. @throws TypeError if `options` has an `adapter`; otherwise as in HTTPClient */
  override request<T = unknown>(method: string, ...given: CallArguments): Promise<HTTPResponse<T>> {
    return promised(() => this.#request<T>(method, given)).catch((reason: unknown) => {
      const error = toError(reason);
      if (!isRequestException(error) || error.attempts.length === 0) this.#unsent.push(error);
      throw reason as Error;
    });
  }

  #request<T>(method: string, given: CallArguments): Promise<HTTPResponse<T>> {
    if (given[1]?.adapter === undefined) return super.request<T>(method, ...given);
    const error = new TypeError('A call of a mock client must not set `adapter`, which would bypass the script');
    throw startAtCaller(error, methodsOf(this));
  }
}

/** Makes 0 the default of `base`. The client reports a value that is not an object. */
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

/** Responds as the script says, and records the requests. */
class CallRecorder {
  readonly requests: Received[] = [];
  readonly #recordings = new Map<Call, Recording>();

  constructor(private readonly script: Script<MockAnswer>) {}

  get calls(): readonly MockCall[] {
    return [...this.#recordings.values()].map(({ call, requests, last }) => {
      const hedged = call.attempts.some(({ hedge }) => hedge);
      return { ...last, attempts: [...call.attempts], requests: [...requests], hedged };
    });
  }

  readonly adapter: AxiosAdapter = async (config) =>
    new Promise((resolve, reject) => {
      const call = callOf(config);
      let isFirst = true;
      const reply = async (request: Received): ReturnType<typeof nextAnswer<MockAnswer>> => {
        this.#record(call, request, isFirst);
        isFirst = false;
        try {
          return await nextAnswer(this.script, request, this.requests.length, 'error');
        } catch (error) {
          // A script that fails is a mistake in the test. As a network failure it would be retried.
          reject(error);
          throw error;
        }
      };
      const attempt = wireAdapter({
        name: 'mock',
        dispatch: (request, events) => new MockExchange(request, events, reply),
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
