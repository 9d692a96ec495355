import type { RequestContext } from '../context/inbound-context';
import { printAs } from '../util/printable';

/** The inbound request that a call belongs to. */
export interface ContextView {
  /** The same in every service that the inbound request reaches. */
  readonly requestId: string;
  /** 32 hexadecimal digits. Absent without a `traceparent`. */
  readonly traceId: string | undefined;
  /** The span of this service's caller: 16 hexadecimal digits. */
  readonly parentId: string | undefined;
  /** 1 for the first attempt of this service's caller. */
  readonly attempt: number;
  /** The route that serves the request, such as `/orders/:id`. Absent until the framework knows it. */
  readonly route: string | undefined;
}

/** Its trace is that of the request that this service is serving. */
export class InboundView implements ContextView {
  readonly #context: RequestContext;

  constructor(context: RequestContext) {
    this.#context = context;
    Object.freeze(this);
  }

  static {
    printAs(this.prototype, 'ContextView', ({ requestId, traceId, parentId, attempt, route }: InboundView) => {
      return { requestId, traceId, parentId, attempt, route };
    });
  }

  get requestId(): string {
    return this.#context.requestId;
  }

  get traceId(): string | undefined {
    return this.#context.trace?.id;
  }

  get parentId(): string | undefined {
    return this.#context.trace?.parentId;
  }

  get attempt(): number {
    return this.#context.attempt;
  }

  get route(): string | undefined {
    return this.#context.route;
  }
}
