import { isPromise } from '../../util/promises';
import type { TokenEndpoint } from '../issuer/token-endpoint';
import type { TokenRequest } from './token-source';

/** The calls that wait for a token of one source. Another client may have the same source, so they outlast `close()`. */
export class WaitingCalls {
  readonly #requests = new Set<TokenRequest>();
  #isClosing = false;

  constructor(private readonly endpoint: Pick<TokenEndpoint, 'close' | 'giveUp'>) {}

  /** @returns `answer`, for which the call that made `request` may wait */
  watch<T>(request: TokenRequest, answer: T | Promise<T>): T | Promise<T> {
    if (!isPromise(answer)) return answer;
    this.#requests.add(request);
    if (this.#isClosing) this.#follow(request);
    const leave = (): void => {
      this.#leave(request);
    };
    answer.then(leave, leave);
    return answer;
  }

  /** Closes the endpoint, and gives up its requests in progress as soon as no call waits. */
  close(): void {
    this.endpoint.close();
    this.#isClosing = true;
    for (const request of this.#requests) this.#follow(request);
    this.#giveUpIfAlone();
  }

  /** Not before `close()`: a signal is made when it is read. */
  #follow(request: TokenRequest): void {
    const { signal } = request;
    if (signal?.aborted) this.#requests.delete(request);
    signal?.addEventListener('abort', () => {
      this.#leave(request);
    });
  }

  #leave(request: TokenRequest): void {
    this.#requests.delete(request);
    if (this.#isClosing) this.#giveUpIfAlone();
  }

  #giveUpIfAlone(): void {
    if (this.#requests.size > 0) return;
    this.#isClosing = false;
    this.endpoint.giveUp();
  }
}
