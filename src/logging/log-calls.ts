import type { CallView } from '../events/call-view';
import type { CallEnd } from '../events/messages';
import { observe } from '../events/observe';
import { kindOf } from '../checks/kind-of';
import { blameCaller } from '../stack/blame-caller';
import { CallLog } from './call-log';
import { logSettings, type LogCallsOptions, type LogFunction } from './log-options';
import {
  nest,
  pino,
  toConsole,
  winston,
  type ConsoleLike,
  type NestLogger,
  type PinoLogger,
  type WinstonLogger,
} from './loggers';

/** Wraps loggers, and logs with them. */
export interface LogCalls {
  /**
   * Logs each call of all clients in the process, after its end, in one line.
   *
   * @param logger `logCalls.pino(p)`, `.winston(w)`, `.nest(l)`, `.console()` or a function
   * @returns a function that ends the logging, and writes the counts that are not written yet
   * @throws TypeError or RangeError if an option is wrong
   */
  (logger: LogFunction, options?: LogCallsOptions): () => void;
  /** Logs with pino: `logger.warn(fields, message)`. */
  pino(logger: PinoLogger): LogFunction;
  /** Logs with winston: `logger.log('warn', message, fields)`. A logger without our levels gets the nearest of its own. */
  winston(logger: WinstonLogger): LogFunction;
  /** Logs with Nest's `Logger`: JSON loggers show the fields, others a readable line. */
  nest(logger: NestLogger): LogFunction;
  /** Writes a readable line to the console, or to another Console than the global one. */
  console(output?: ConsoleLike): LogFunction;
}

function log(logger: LogFunction, options: LogCallsOptions = {}): () => void {
  return blameCaller([log], () => logSome(logger, options));
}

/** Logs one line for each call that fails, or succeeds after retries, in the whole process. */
export const logCalls: LogCalls = Object.assign(log, { pino, winston, nest, console: toConsole });

/** @param accepts whether a call is logged at all */
export function logSome(
  logger: LogFunction,
  options: LogCallsOptions,
  accepts?: (call: CallView) => boolean,
): () => void {
  if (typeof logger !== 'function') {
    const advice = 'wrap a logger, as in logCalls.pino(logger); there are .pino, .winston, .nest and .console';
    throw new TypeError(`logCalls() takes a function, got ${kindOf(logger)}: ${advice}`);
  }
  const log = new CallLog(logger, logSettings(options));
  const stop = observe({
    callEnd: (end: CallEnd) => {
      if (!accepts || accepts(end.call)) log.add(end);
    },
  });
  return () => {
    stop();
    log.stop();
  };
}
