import { PRINTED_REQUEST } from '../util/printable';
import type { WireRequest } from './transport';

/** The properties of Node's ClientRequest that axios users read from a request. Most are never read. */
export class SentRequest {
  readonly method: string;
  readonly #url: URL;

  constructor(
    { method, url }: WireRequest,
    readonly reusedSocket: boolean,
  ) {
    this.method = method;
    this.#url = url;
  }

  static {
    Object.assign(this.prototype, PRINTED_REQUEST);
  }

  get path(): string {
    return this.#url.pathname + this.#url.search;
  }

  /** With the final URL. */
  get res(): { readonly responseUrl: string } {
    return { responseUrl: this.#url.href };
  }
}
