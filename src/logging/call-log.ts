import { isOptions, kindOf } from '../checks/kind-of';
import { wrongOption } from '../checks/wrong-option';
import type { ErrorCode } from '../errors/codes';
import type { CallEnd } from '../events/messages';
import { harmless } from '../util/harmless';
import { ignoreRejection } from '../util/promises';
import { warnOnce } from '../util/warn-of';
import { withoutUndefined } from '../util/without-undefined';
import { lineOf } from './call-line';
import { callKind, type CallKind } from './call-kind';
import { LineLimit } from './line-limit';
import type { LogFunction, LogLevel, LogSettings } from './log-options';

/** What has no code. */
const NAMES: Readonly<Partial<Record<string, string>>> = { success: 'success', retried: 'success after retries' };

const NOT_WRITTEN = 'a line of logCalls() could not be written';

/** Writes a line for each call, and one for those that are too many. */
export class CallLog {
  readonly #limit: LineLimit;
  readonly #warn = warnOnce('HDMS_LOG_CALLS', 'LogCallsWarning').bind(undefined, NOT_WRITTEN);
  readonly #write = harmless((line: Parameters<LogFunction>) => this.logger(...line), this.#warn);
  #successes = 0;

  constructor(
    private readonly logger: LogFunction,
    private readonly settings: LogSettings,
  ) {
    this.#limit = new LineLimit(settings.perSecond);
  }

  /** Most calls end without a line: what is only needed for one is read later. */
  add(end: CallEnd): void {
    const kind = callKind(end);
    const level = this.settings.levels[kind];
    if (level === false || (kind === 'success' && !this.#isDue())) return;
    const what = end.error?.code ?? kind;
    // A process that makes a client for each call must not fill the memory: its calls are counted together.
    const client = this.#limit.isFull ? undefined : (end.call.client ?? end.call.clientId);
    if (!this.#limit.allows(`${client ?? ''} ${what}`, this.#teller(client, what, level))) return;
    const { fields, message } = lineOf(end, this.#further(end));
    this.#write([level, fields, message]);
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

  /** @param client its name, or its number */
  #teller(
    client: string | number | undefined,
    what: ErrorCode | CallKind,
    level: LogLevel,
  ): (suppressed: number) => void {
    return (suppressed) => {
      const name = typeof client === 'string' ? client : undefined;
      const code = what in NAMES ? undefined : what;
      const place = name === undefined ? '' : `${name}: `;
      const message = `${place}${suppressed} more ${suppressed === 1 ? 'call' : 'calls'} in a second: ${NAMES[what] ?? what}`;
      this.#write([level, withoutUndefined({ client: name, code, suppressed }), message]);
    };
  }

  #further(end: CallEnd): object {
    const { fields } = this.settings;
    if (!fields) return {};
    try {
      const further: unknown = fields(end.call, end) ?? {};
      // A copy, because reading a field may throw too.
      if (isOptions(further)) return { ...further };
      ignoreRejection(further);
      throw wrongOption('fields', 'return an object', kindOf(further));
    } catch (thrown) {
      this.#warn(thrown);
      return {};
    }
  }
}
