import type { CallView } from '../events/call-view';
import type { CallEnd } from '../events/messages';
import { observe } from '../events/observe';
import { kindOf } from '../checks/kind-of';
import { blameCaller } from '../util/blame-caller';
import { CallLog } from './call-log';
import { logSettings, type LogCallsOptions, type LogFunction } from './log-options';
import { nest, pino, toConsole, winston } from './loggers';

/**
 * Logs each call of all clients in the process, after its end, in one line.
 *
 * @param logger `logCalls.pino(p)`, `.winston(w)`, `.nest(l)`, `.console()` or a function
 * @returns a function that ends it, and tells at once what is counted and not told yet
 * @throws TypeError or RangeError if an option is wrong
 */
export function logCalls(logger: LogFunction, options: LogCallsOptions = {}): () => void {
  return blameCaller([logCalls], () => logSome(logger, options));
}
logCalls.pino = pino;
logCalls.winston = winston;
logCalls.nest = nest;
logCalls.console = toConsole;

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
