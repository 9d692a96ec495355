import type { RecordedCall } from './recorded-call';

/** Calls by their key, and in the order in which they began. A Map alone finds its oldest entry slowly, behind the holes of those that were deleted. */
export class KeptCalls implements Iterable<RecordedCall> {
  readonly #byKey = new Map<number, RecordedCall>();
  #oldest: RecordedCall | undefined;
  #latest: RecordedCall | undefined;

  get size(): number {
    return this.#byKey.size;
  }

  get oldest(): RecordedCall | undefined {
    return this.#oldest;
  }

  get(key: number): RecordedCall | undefined {
    return this.#byKey.get(key);
  }

  add(call: RecordedCall): void {
    this.#byKey.set(call.key, call);
    if (this.#latest) this.#latest.next = call;
    else this.#oldest = call;
    this.#latest = call;
  }

  forgetOldest(): void {
    const oldest = this.#oldest;
    if (!oldest) return;
    this.#byKey.delete(oldest.key);
    this.#oldest = oldest.next;
    if (!this.#oldest) this.#latest = undefined;
  }

  clear(): void {
    this.#byKey.clear();
    this.#oldest = this.#latest = undefined;
  }

  *[Symbol.iterator](): Iterator<RecordedCall> {
    for (let call = this.#oldest; call; call = call.next) yield call;
  }
}
