import type { Attributes } from '@opentelemetry/api';

/** A number, and the series that it belongs to. */
interface Sample {
  readonly value: number;
  readonly attributes: Attributes;
}

/** Keys that are remembered at once. */
const MOST = 1000;

/** The last number for each key. The one that was set longest ago makes room. */
export class Latest {
  readonly #samples = new Map<string, Sample>();

  set(key: string, value: number, attributes: Attributes): void {
    this.#samples.delete(key);
    this.#samples.set(key, { value, attributes });
    if (this.#samples.size <= MOST) return;
    for (const [oldest] of this.#samples) {
      this.#samples.delete(oldest);
      return;
    }
  }

  /**
   * One sample for each set of attributes.
   *
   * @param combine the numbers of keys that have the same attributes
   */
  samples(combine: (one: number, other: number) => number): readonly Sample[] {
    const combined = new Map<string, Sample>();
    for (const { value, attributes } of this.#samples.values()) {
      const series = JSON.stringify(attributes);
      const known = combined.get(series);
      combined.set(series, { attributes, value: known ? combine(known.value, value) : value });
    }
    return [...combined.values()];
  }
}
