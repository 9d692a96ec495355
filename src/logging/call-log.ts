import type { CallEnd } from '../events/messages';
import { isOptions } from '../checks/kind-of';
import { isPromise } from '../util/promises';
import { toError } from '../util/is-error';
import { withoutUndefined } from '../util/without-undefined';
import { lineOf } from './call-line';
import { kindOf, type CallKind } from './call-kind';
import { LineLimit } from './line-limit';
import type { LogFunction, LogLevel, LogSettings } from './log-options';

/** Writes a line for each call, and one for those that are too many. */
export class CallLog {
  readonly #limit: LineLimit;
  #successes = 0;
  #hasWarned = false;

  constructor(
    private readonly logger: LogFunction,
    private readonly settings: LogSettings,
  ) {
    this.#limit = new LineLimit(settings.perSecond);
  }

  /** Most calls end without a line: what is only needed for one is read later. */
  add(end: CallEnd): void {
    const kind = kindOf(end);
    const level = this.settings.levels[kind];
    if (level === false || (kind === 'success' && !this.#isDue())) return;
    if (!this.#limit.allows(this.#keyOf(end, kind), this.#teller(end, kind, level))) return;
    const { fields, message } = lineOf(end, this.#further(end));
    this.#write(level, fields, message);
  }

  /** Tells at once what is counted. */
  stop(): void {
    this.#limit.stop();
  }

  /** Spread evenly: with a share of 0.01, every hundredth. */
  #isDue(): boolean {
    const { share } = this.settings;
    if (share === 0) return false;
    const before = Math.floor(this.#successes * share);
    return Math.floor(++this.#successes * share) > before;
  }

  #keyOf({ call, error }: CallEnd, kind: CallKind): string {
    const what = error?.code ?? kind;
    // Clients without number: a process that makes one for each call must not fill the memory.
    return this.#limit.isFull ? what : `${call.client ?? call.clientId} ${what}`;
  }

  #teller({ call, error }: CallEnd, kind: CallKind, level: LogLevel): (suppressed: number) => void {
    const { client } = call;
    const { code } = error ?? {};
    return (suppressed) => {
      const name = client === undefined ? '' : `${client}: `;
      const what = code ?? (kind === 'retried' ? 'success after retries' : 'success');
      const message = `${name}${suppressed} more ${suppressed === 1 ? 'call' : 'calls'} in a second: ${what}`;
      this.#write(level, withoutUndefined({ client, code, suppressed }), message);
    };
  }

  #further(end: CallEnd): object {
    const { fields } = this.settings;
    if (!fields) return {};
    try {
      const further: unknown = fields(end.call, end) ?? {};
      if (isOptions(further)) return further;
      throw new TypeError('`fields` must return an object');
    } catch (thrown) {
      this.#warn(thrown);
      return {};
    }
  }

  #write(level: LogLevel, fields: Readonly<Record<string, unknown>>, message: string): void {
    try {
      const written = this.logger(level, fields, message);
      if (isPromise(written)) written.then(undefined, this.#warn.bind(this));
    } catch (thrown) {
      this.#warn(thrown);
    }
  }

  #warn(thrown: unknown): void {
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    const { name, message } = toError(thrown);
    process.emitWarning(`a line of logCalls() could not be written: ${name}: ${message}`, {
      type: 'LogCallsWarning',
      code: 'HDMS_LOG_CALLS',
    });
  }
}
