/**
 * One line in the log for each call.
 *
 * @packageDocumentation
 */
import { namedExports } from '../checks/named-exports';
export { logCalls, type LogCalls } from './log-calls';
export type { CallKind } from './call-kind';
export type { LogCallsOptions, LogFunction, LogLevel } from './log-options';
export type { ConsoleLike, NestLogger, PinoLogger, WinstonLogger } from './loggers';

module.exports = namedExports(module.exports as object, '@hdms/http-client/logging', 'logCalls');
