import { checkFunction, wrongOption } from '../checks/wrong-option';
import type { CallView } from '../events/call-view';
import type { CallEnd } from '../events/messages';
import { isOptions, kindOf, valueOrKind } from '../checks/kind-of';
import { checkNames, checkOptions } from '../checks/names';
import { checkInteger, checkNumber } from '../checks/values';
import { ownOptions } from '../util/own-options';
import type { CallKind } from './call-kind';

/** Levels of lines. Loggers with other levels get the nearest of theirs. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Writes a line. If it throws or rejects, the call is not affected. */
export type LogFunction = (level: LogLevel, fields: Readonly<Record<string, unknown>>, message: string) => unknown;

/** Options of {@link logCalls}. */
export interface LogCallsOptions {
  /**
   * Whether calls that succeed without a retry are logged: `true`, `false`, or a share from 0 to 1. With 0.01 it is every
   * hundredth of them. Successes after retries are logged in any case.
   *
   * @default false
   */
  readonly successes?: boolean | number | undefined;
  /**
   * The level of each kind of end; `false` for no line.
   *
   * @default { success: 'debug', retried: 'info', callerFault: 'warn', cancelled: 'warn', failure: 'error' }
   */
  readonly levels?: Readonly<Partial<Record<CallKind, LogLevel | false | undefined>>> | undefined;
  /**
   * Lines in a second per client and error code; `Infinity` for no limit. Further calls are counted in one line at the end of
   * that second.
   *
   * @default 50
   */
  readonly perSecond?: number | undefined;
  /** Returns further fields. They replace others of the same name; one that is `undefined` removes it. @default none */
  readonly fields?: ((call: CallView, end: CallEnd) => object | undefined) | undefined;
}

/** `LogCallsOptions`, checked. */
export interface LogSettings {
  /** From 0 to 1. */
  readonly share: number;
  readonly levels: Readonly<Record<CallKind, LogLevel | false>>;
  readonly perSecond: number;
  readonly fields: ((call: CallView, end: CallEnd) => object | undefined) | undefined;
}

const LEVELS: Readonly<Record<CallKind, LogLevel>> = {
  success: 'debug',
  retried: 'info',
  callerFault: 'warn',
  cancelled: 'warn',
  failure: 'error',
};
const KINDS: ReadonlySet<string> = new Set(Object.keys(LEVELS));
const NAMES: ReadonlySet<string> = new Set(['successes', 'levels', 'perSecond', 'fields']);
const VALUES: readonly unknown[] = ['debug', 'info', 'warn', 'error', false, undefined];

/** @throws TypeError or RangeError that names the wrong option */
export function logSettings(given: LogCallsOptions): LogSettings {
  checkOptions(given);
  const options = ownOptions(given);
  checkNames('option of logCalls', options, NAMES, false);
  const { successes = false, levels = {}, perSecond = 50, fields } = options;
  if (typeof successes !== 'boolean') checkNumber('successes', successes, 0, 1);
  if (perSecond !== Infinity) checkInteger('perSecond', perSecond, 1, 1_000_000);
  if (fields !== undefined) checkFunction('fields', fields);
  return { share: Number(successes), levels: readLevels(levels), perSecond, fields };
}

function readLevels(given: object): LogSettings['levels'] {
  if (!isOptions(given)) throw wrongOption('levels', 'be an object', kindOf(given));
  const own = ownOptions(given);
  checkNames('kind in `levels`', own, KINDS, false);
  const levels: Record<string, LogLevel | false> = { ...LEVELS };
  for (const [kind, level] of Object.entries(own) as [string, LogLevel | false | undefined][]) {
    if (!VALUES.includes(level)) {
      throw wrongOption(`levels.${kind}`, "be 'debug', 'info', 'warn', 'error' or false", valueOrKind(level, 'word'));
    }
    if (level !== undefined) levels[kind] = level;
  }
  return levels as LogSettings['levels'];
}
