import { captureDeepStack, stackOf } from './deep-stack';
import { callerFrames, hasFrames } from './frames';

/** The stack of an exception. Its frames are formatted when they are read, because most failures are followed by a retry. */
export class LazyStack {
  /** Not the exception itself: reading its own stack formats it at once. Code that formats stacks expects an error. */
  readonly #holder = Object.create(Error.prototype) as { readonly stack?: unknown };
  /** How many frames the application wants. */
  readonly #limit: number;
  #added = '';
  #replacement: { readonly value: unknown } | undefined;

  /** @param constructor whose frame is left out, with those above it */
  constructor(constructor: abstract new (...facts: never[]) => unknown) {
    this.#limit = captureDeepStack(this.#holder, constructor);
  }

  /** What replaces the stack, if somebody has set it. */
  get replacement(): { readonly value: unknown } | undefined {
    return this.#replacement;
  }

  /** The caller's frames, innermost first. */
  get frames(): readonly string[] {
    return callerFrames(stackOf(this.#holder), this.#added).slice(0, this.#limit);
  }

  /**
   * Takes what `stack` is set to. axios appends the frames of the functions that await the call, once for each attempt:
   * the last ones are the outermost. Anything else replaces the stack.
   *
   * @param current the stack until now
   */
  write(value: unknown, current: unknown): void {
    const isLonger = typeof value === 'string' && typeof current === 'string' && value.startsWith(current);
    const added = isLonger ? value.slice(current.length) : '';
    if (this.#replacement || !hasFrames(added)) this.#replacement = { value };
    else if (callerFrames('', added).length > 0) this.#added = added;
  }
}
