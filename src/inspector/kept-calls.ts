import type { RecordedCall } from './recorded-call';

/**
 * Calls by their key, and in the order in which they began. Keys increase by one from call to call, so a ring of slots finds them at
 * a tenth of what a Map costs, which also has to be rebuilt for those that were deleted.
 */
export class KeptCalls implements Iterable<RecordedCall> {
  readonly #slots: (RecordedCall | undefined)[];
  readonly #mask: number;
  #size = 0;
  #oldest: RecordedCall | undefined;
  #latest: RecordedCall | undefined;

  /** @param most calls that are kept at once */
  constructor(most: number) {
    const length = 2 ** Math.ceil(Math.log2(most + 1));
    this.#slots = Array.from({ length }, () => undefined);
    this.#mask = length - 1;
  }

  get size(): number {
    return this.#size;
  }

  get oldest(): RecordedCall | undefined {
    return this.#oldest;
  }

  get(key: number): RecordedCall | undefined {
    const call = this.#slots[key & this.#mask];
    return call?.key === key ? call : undefined;
  }

  /** Whether a call with this key has to wait until older ones are forgotten: many keys are missing between them. */
  isFullFor(key: number): boolean {
    return this.#slots[key & this.#mask] !== undefined;
  }

  add(call: RecordedCall): void {
    this.#slots[call.key & this.#mask] = call;
    this.#size++;
    if (this.#latest) this.#latest.next = call;
    else this.#oldest = call;
    this.#latest = call;
  }

  forgetOldest(): void {
    const oldest = this.#oldest;
    if (!oldest) return;
    this.#slots[oldest.key & this.#mask] = undefined;
    this.#size--;
    this.#oldest = oldest.next;
    if (!this.#oldest) this.#latest = undefined;
  }

  clear(): void {
    this.#slots.fill(undefined);
    this.#size = 0;
    this.#oldest = this.#latest = undefined;
  }

  *[Symbol.iterator](): Iterator<RecordedCall> {
    for (let call = this.#oldest; call; call = call.next) yield call;
  }
}
