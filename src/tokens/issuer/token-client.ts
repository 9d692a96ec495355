import type { AxiosInstance, AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import { AttemptState } from '../../call/attempt-state';
import { Call } from '../../call/call';
import { classify } from '../../call/classify';
import type { RequestException } from '../../errors/exceptions';
import { decideRetry } from '../../resilience/retry-policy';
import type { RetryPolicy } from '../../resilience/retry-options';
import { httpTransport } from '../../transports/http';
import type { Transport } from '../../transports/transport';
import { wireAdapter } from '../../wire/wire-adapter';
import type { IssuerConnection } from './issuer-connection';
import { axios } from '../../util/packages';
import { withoutEchoes } from './without-echoes';

// As soon as there is a client, for the exceptions of its requests, too.
const { Axios } = axios();

/** One request to an issuer, created for each attempt. */
export interface IssuerRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly data?: string;
}

export interface IssuerResponse {
  readonly status: number;
  readonly data: unknown;
  readonly call: Call;
  /** Milliseconds that the successful attempt took. */
  readonly elapsed: number;
}

const RETRIES = 2;
/** Short waits, because calls wait for the token; random ones, because services start together. */
const POLICY: Omit<RetryPolicy, 'budget'> = {
  base: 0.2,
  factor: 2,
  cap: 1,
  jitter: 'full',
  maxRetryAfter: 1,
  unsafeMethods: 'always',
  // A token is requested for all calls, not only for the one that is a retry.
  whileServingRetry: true,
};
const MAX_RESPONSE_SIZE = 1024 * 1024;

/**
 * Talks to issuers. It shares no interceptor with the client that needs the tokens, and its errors contain nothing of what
 * it sent. Its requests are published, but neither calls nor attempts: the application has made none.
 */
export class TokenClient {
  readonly #transport: Transport;
  readonly #http: Pick<AxiosInstance, 'request'>;
  readonly #inProgress = new Set<AbortController>();

  /** @param timeout seconds that one attempt may take */
  constructor(timeout: number, { agents, trustEnv }: IssuerConnection) {
    this.#transport = httpTransport(undefined, trustEnv);
    this.#http = new Axios({
      ...agents,
      adapter: wireAdapter(this.#transport),
      timeout: timeout * 1000,
      maxContentLength: MAX_RESPONSE_SIZE,
      // A redirect would carry the client's secret along.
      maxRedirects: 0,
      // RFC 6749 asks for 200, but some issuers respond to a POST with 201: frameworks do that by default.
      validateStatus: (status) => status >= 200 && status < 300,
    });
  }

  /**
   * @param prepare creates the request of one attempt: an assertion must not be sent twice
   * @param isUrgent whether to retry
   * @throws RequestException if the last attempt fails
   */
  async send(
    method: 'GET' | 'POST',
    url: string,
    prepare: () => IssuerRequest | Promise<IssuerRequest>,
    isUrgent: boolean,
  ): Promise<IssuerResponse> {
    const call = new Call(method, url);
    const controller = new AbortController();
    this.#inProgress.add(controller);
    try {
      for (;;) {
        const attempt = new AttemptState(call);
        const outcome = await this.#send(attempt, prepare, controller.signal);
        if (!(outcome instanceof Error)) return outcome;
        await waitOrThrow(outcome, attempt, isUrgent, controller.signal);
      }
    } finally {
      this.#inProgress.delete(controller);
      call.settle();
    }
  }

  close(): void {
    this.#transport.close();
  }

  /** Ends the requests in progress. */
  giveUp(): void {
    for (const controller of this.#inProgress) controller.abort();
  }

  async #send(
    attempt: AttemptState,
    prepare: () => IssuerRequest | Promise<IssuerRequest>,
    signal: AbortSignal,
  ): Promise<IssuerResponse | RequestException> {
    const { call } = attempt;
    const { method, url } = call;
    const request = await prepare();
    const line = (attempt.line = call.addLine());
    try {
      const config = { method, url, ...request, signal, call, attemptState: attempt };
      const { status, data }: AxiosResponse<unknown> = await this.#http.request(config);
      line.end(status, 'done');
      return { status, data, call, elapsed: attempt.elapsed * 1000 };
    } catch (thrown) {
      const failure = classify(withoutRequest(thrown, call, request), call);
      line.end(failure.status ?? failure.code);
      call.lastError = failure;
      return failure;
    }
  }
}

async function waitOrThrow(
  failure: RequestException,
  attempt: AttemptState,
  isUrgent: boolean,
  signal: AbortSignal,
): Promise<void> {
  const { call, line } = attempt;
  const { method, retries, replays, remaining } = call;
  const retryAttempts = isUrgent ? RETRIES : 0;
  const known = { method, retries, replays, remaining, tokenRenewed: false };
  const state = {
    ...known,
    retryAttempts,
    replayable: true,
    cancelled: signal.aborted,
    forbidden: false,
    servesRetry: false,
  };
  const decision = decideRetry(failure, state, POLICY);
  if (!decision.retry) {
    if (line) call.decide(line, 'fail', decision.reason);
    throw failure;
  }
  if (line) call.decide(line, decision.counted ? 'retry' : 'replay', decision.reason, decision.delay);
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, decision.delay * 1000);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
  if (signal.aborted) throw failure;
}

/** Removes everything that holds the secret: an error outlives its request, and anyone may look inside. */
function withoutRequest(thrown: unknown, call: Call, sent: IssuerRequest): unknown {
  if (!axios().isAxiosError(thrown)) return thrown;
  const config = { call, url: call.url, method: call.method } as unknown as InternalAxiosRequestConfig;
  thrown.config = config;
  thrown.request = undefined;
  const { response } = thrown;
  if (response) thrown.response = { ...response, data: withoutEchoes(response.data, sent), config, request: undefined };
  return thrown;
}
