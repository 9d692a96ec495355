import { backgroundTimer } from '../util/background-timer';

/** One second, in milliseconds. */
const WINDOW = 1000;

/** Keys that are counted apart at the same time. */
const MOST_KEYS = 1000;

interface Count {
  total: number;
  /** Called when the second is over, if there were too many lines. */
  readonly tell: (suppressed: number) => void;
  readonly timer: NodeJS.Timeout;
}

/** Lets so many lines pass in a second, counted from the first one, and counts the others. */
export class LineLimit {
  readonly #counts = new Map<string, Count>();

  /** @param perSecond lines for each key; may be `Infinity` */
  constructor(private readonly perSecond: number) {}

  /**
   * Whether a line may be written.
   *
   * @param tell is called with the number of the others, when the second is over
   */
  allows(key: string, tell: (suppressed: number) => void): boolean {
    if (this.perSecond === Infinity) return true;
    const count = this.#counts.get(key) ?? this.#begin(key, tell);
    count.total++;
    return count.total <= this.perSecond;
  }

  /** Whether another key would be one too many. */
  get isFull(): boolean {
    return this.#counts.size >= MOST_KEYS;
  }

  /** Tells at once what the seconds that are not over have counted. */
  stop(): void {
    for (const key of [...this.#counts.keys()]) this.#end(key);
  }

  #begin(key: string, tell: (suppressed: number) => void): Count {
    const timer = backgroundTimer(this.#end.bind(this, key), WINDOW);
    const count = { total: 0, tell, timer };
    this.#counts.set(key, count);
    return count;
  }

  #end(key: string): void {
    const count = this.#counts.get(key);
    if (!count) return;
    clearTimeout(count.timer);
    this.#counts.delete(key);
    const suppressed = count.total - this.perSecond;
    if (suppressed > 0) count.tell(suppressed);
  }
}
