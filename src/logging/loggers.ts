import { kindOf } from '../checks/kind-of';
import { blameCaller } from '../stack/blame-caller';
import type { LogFunction, LogLevel } from './log-options';
import { NestRecord } from './nest-record';
import { readableLine } from './readable-line';

type Write = (...given: never[]) => unknown;
type Method<Name extends string> = Readonly<Record<Name, Write>>;

/** The part of a pino logger that is used. */
export type PinoLogger = Method<LogLevel>;

/** The part of a winston logger that is used. */
export interface WinstonLogger {
  /** Of its levels, the most severe has the lowest number. */
  readonly levels: object;
  /** Logs a line. */
  log(level: string, message: string, fields: object): unknown;
}

/** Nest's `Logger`, or any `LoggerService`. */
export type NestLogger = Method<'log' | 'warn' | 'error'> & Partial<Method<'debug'>>;

/** The part of `console` that is used. */
export type ConsoleLike = Method<LogLevel>;

/** What other sets of levels call ours. */
const OTHER_LEVELS: Readonly<Record<LogLevel, readonly string[]>> = {
  debug: ['verbose', 'trace'],
  info: ['notice'],
  warn: ['warning'],
  error: ['err', 'crit'],
};

const NEST_METHODS = { debug: 'debug', info: 'log', warn: 'warn', error: 'error' } as const;

/**
 * Logs with pino: `logger.warn(fields, message)`.
 *
 * @throws TypeError if it is not a logger of pino
 */
export function pino(logger: PinoLogger): LogFunction {
  return blameCaller([pino], () => {
    checkLogger('pino', logger, ['debug', 'info', 'warn', 'error']);
    return (level, fields, message) => call(logger, level, fields, message);
  });
}

/**
 * Logs with winston: `logger.log('warn', message, fields)`. A logger without our levels gets the nearest of its own.
 *
 * @throws TypeError if it is not a logger of winston
 */
export function winston(logger: WinstonLogger): LogFunction {
  return blameCaller([winston], () => {
    checkLogger('winston', logger, ['log']);
    if (typeof logger.levels !== 'object') throw new TypeError('logCalls.winston() takes a logger that has `levels`');
    return (level, fields, message) => {
      const name = winstonLevel(logger.levels, level);
      // In a message with a `%`, as in `/caf%c3%a9`, winston would take the fields for the values of placeholders.
      if (message.includes('%')) return call(logger, 'log', name, { ...fields, message });
      return logger.log(name, message, fields);
    };
  });
}

/**
 * Logs with Nest's `Logger`: JSON loggers show the fields, others a readable line.
 *
 * @throws TypeError if it is not a logger of Nest
 */
export function nest(logger: NestLogger): LogFunction {
  return blameCaller([nest], () => {
    checkLogger('nest', logger, ['log', 'warn', 'error']);
    return (level, fields, message) => {
      // Under the names that the exception filter uses, too.
      const { request_id: requestId, 'http.response.status_code': status } = fields;
      const record = new NestRecord(level, { ...fields, requestId, status }, message, readableLine(fields, message));
      return call(logger, NEST_METHODS[level], record);
    };
  });
}

/**
 * Writes a readable line to the console: the level, the message, and further fields in brackets.
 *
 * @param output for another Console than the global one
 */
export function toConsole(output?: ConsoleLike): LogFunction {
  return blameCaller([toConsole], () => {
    if (output !== undefined) checkLogger('console', output, ['debug', 'info', 'warn', 'error']);
    return (level, fields, message) =>
      call(output ?? globalThis.console, level, `${level.toUpperCase()} ${readableLine(fields, message)}`);
  });
}

/** Nothing, if the logger has no such level. */
function call(logger: object, method: string, ...given: unknown[]): unknown {
  const write = (logger as Partial<Record<string, (...given: unknown[]) => unknown>>)[method];
  return write?.apply(logger, given);
}

function winstonLevel(levels: object, level: LogLevel): string {
  const known = [level, ...OTHER_LEVELS[level]].find((name) => name in levels);
  if (known !== undefined) return known;
  const [first = level, ...others] = Object.entries(levels)
    .sort(([, a], [, b]) => Number(a) - Number(b))
    .map(([name]) => name);
  return level === 'warn' || level === 'error' ? first : (others.at(-1) ?? first);
}

function checkLogger(kind: string, logger: unknown, methods: readonly string[]): void {
  const given = (typeof logger === 'object' || typeof logger === 'function' ? logger : undefined) ?? {};
  const missing = methods.find((name) => typeof (given as Record<string, unknown>)[name] !== 'function');
  if (missing === undefined) return;
  const advice = typeof logger === 'function' ? `: call it, as in logCalls.${kind}(${logger.name || kind}())` : '';
  const what = kind === 'console' ? 'a console' : `a ${kind} logger`;
  throw new TypeError(`logCalls.${kind}() takes ${what}, got ${kindOf(logger)} without \`${missing}\`${advice}`);
}
