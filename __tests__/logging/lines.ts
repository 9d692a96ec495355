import type { LogCallsOptions, LogFunction, LogLevel } from '../../src/logging/index';
import { logCalls } from '../../src/logging/index';

export interface LoggedLine {
  readonly level: LogLevel;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

const stops = new Set<() => void>();

afterEach(() => {
  for (const stop of stops) stop();
  stops.clear();
});

/** Logs calls until the test ends. */
export function logging(logger: LogFunction, options: LogCallsOptions = {}): () => void {
  const stop = logCalls(logger, options);
  stops.add(stop);
  return stop;
}

/** The lines of all calls until the test ends. */
export function linesWith(options: LogCallsOptions = {}): LoggedLine[] {
  const lines: LoggedLine[] = [];
  logging((level, fields, message) => lines.push({ level, fields, message }), options);
  return lines;
}
