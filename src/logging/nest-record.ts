import { inspect } from 'node:util';
import type { LogLevel } from './log-options';

/** What Nest's console logger colours a text of the level with. */
const COLOURS: Readonly<Record<LogLevel, number>> = { debug: 95, info: 32, warn: 33, error: 31 };

/**
 * A message for the logger of Nest. A logger that writes JSON shows it as fields; one that writes text shows the text.
 * Nest has no way to pass both.
 */
export class NestRecord {
  readonly message: string;
  readonly #level: LogLevel;
  readonly #text: string;

  /**
   * @param fields become its own properties, because loggers such as that of nestjs-pino copy those
   * @param text for loggers that write text
   */
  constructor(level: LogLevel, fields: object, message: string, text: string) {
    this.message = message;
    this.#level = level;
    this.#text = text;
    for (const [name, value] of Object.entries(fields)) if (value !== undefined) Reflect.set(this, name, value);
  }

  /** For Nest 10, and loggers that write templates. */
  toString(): string {
    return this.#text;
  }

  /** For Nest 11 and 12, which print what is not a string by `inspect`. */
  [inspect.custom](depth: number | null, options: { depth?: number | null; colors?: boolean }): unknown {
    // Within another object: a JSON logger that prints by `inspect`.
    if (depth !== null && depth !== options.depth) return Object.fromEntries(Object.entries(this));
    if (options.colors !== true) return this.#text;
    return `\x1B[${COLOURS[this.#level]}m${this.#text}\x1B[39m`;
  }
}
