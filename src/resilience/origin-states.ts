import { kindOf } from '../checks/kind-of';
import { startAtCaller } from '../stack/blame-caller';
import { OriginState } from './origin-state';

/** Most states that are kept, apart from those in use. */
const MOST = 1000;

/**
 * The state of the origins that were called, at most 1,000. Above that, the one that has been idle longest is dropped, but never
 * one in use: a second state of the same origin would let twice as many requests through.
 */
export class OriginStates {
  readonly #states = new Map<string, OriginState>();
  /** Most calls go where the one before went. */
  #latest: OriginState | undefined = undefined;
  #oldest: OriginState | undefined = undefined;
  #newest: OriginState | undefined = undefined;

  /** The states are empty. @throws TypeError if there is an argument, which would be ignored */
  constructor();
  constructor(...given: readonly unknown[]) {
    const extra = given.find((one) => one !== undefined);
    if (extra === undefined) return;
    const error = new TypeError(
      `OriginStates takes no options, got ${kindOf(extra)}: what applies to an origin are options of the clients that share it`,
    );
    throw startAtCaller(error, [OriginStates]); // node-do-not-add-exception-line
  }

  /** How many origins are remembered. */
  get size(): number {
    return this.#states.size;
  }

  /** The state of an origin, which is in use until it is released as often as it was taken. @internal */
  use(key: string): OriginState {
    let state = this.find(key);
    if (state === undefined) {
      state = new OriginState(key);
      this.#states.set(key, state);
      this.#forgetOldest();
    } else if (state.inUse === 0) {
      this.#unlink(state);
    }
    state.inUse += 1;
    this.#latest = state;
    return state;
  }

  /**
   * The state that was used last, in use once more, if it is that of the origin of `href`: to compare costs less than to take the
   * origin out of a URL.
   *
   * @internal
   */
  useLatest(href: string): OriginState | undefined {
    const state = this.#latest;
    if (state === undefined || !href.startsWith(state.key) || href[state.key.length] !== '/') return undefined;
    if (state.inUse === 0) this.#unlink(state);
    state.inUse += 1;
    return state;
  }

  /** Ends one use of the state. @internal */
  release(state: OriginState): void {
    if (state.inUse === 0) return;
    state.inUse -= 1;
    if (state.inUse > 0) return;
    this.#link(state);
    this.#forgetOldest();
  }

  /** The state of an origin, if it is remembered; it does not count as used. @internal */
  find(key: string): OriginState | undefined {
    return this.#latest?.key === key ? this.#latest : this.#states.get(key);
  }

  /** The states of all remembered origins. @internal */
  values(): IterableIterator<OriginState> {
    return this.#states.values();
  }

  #forgetOldest(): void {
    if (this.#states.size <= MOST || this.#oldest === undefined) return;
    const state = this.#oldest;
    this.#unlink(state);
    this.#states.delete(state.key);
    if (this.#latest === state) this.#latest = undefined;
  }

  #link(state: OriginState): void {
    state.older = this.#newest;
    if (this.#newest === undefined) this.#oldest = state;
    else this.#newest.newer = state;
    this.#newest = state;
  }

  #unlink(state: OriginState): void {
    const { older, newer } = state;
    if (older === undefined) this.#oldest = newer;
    else older.newer = newer;
    if (newer === undefined) this.#newest = older;
    else newer.older = older;
    state.older = undefined;
    state.newer = undefined;
  }
}
