import type { CallEnd, RequestStart } from '../events/messages';
import type { TemplateOf } from './url-template';

type CallView = CallEnd['call'];
type RequestView = RequestStart['request'];

/** The values of `url.template`. */
export class Templates {
  /** What the option returned for the first URL of a call, which only its requests show in full. */
  readonly #ofCalls = new WeakMap<CallView, string | undefined>();

  /** @param ask the option `urlTemplate` */
  constructor(private readonly ask: TemplateOf | undefined) {}

  /** Called with each request; needed only with the option. */
  start({ call, request }: RequestStart): void {
    if (call.template === undefined && !this.#ofCalls.has(call)) this.#ofCalls.set(call, this.ask?.(request.url));
  }

  ofCall(call: CallView): string | undefined {
    return call.template ?? this.#ofCalls.get(call);
  }

  /** That of its call, unless a server has redirected it to another URL. */
  ofRequest(call: CallView, request: RequestView): string | undefined {
    return request.resendKind === 'redirect' ? this.ask?.(request.url) : this.ofCall(call);
  }
}
