import { inspect } from 'node:util';
import type { Logger } from '@nestjs/common';
import type { RequestException } from '../errors/exceptions';
import { NestRecord } from '../logging/nest-record';

/**
 * Logs the failure of a call: as text, or, with a JSON logger, as fields.
 *
 * @param level `error` shows the journal, too
 * @param text for loggers that write text
 */
export function logFailure(
  logger: Logger,
  level: 'debug' | 'error',
  text: string,
  exception: RequestException,
  requestId: string | undefined,
): void {
  const { code, status, config } = exception;
  const fields = { requestId: requestId ?? exception.requestId, client: config?.call?.client?.name, code, status };
  // Nest prints the second argument as the stack; here that includes the journal.
  const stack = level === 'error' ? [inspect(exception)] : [];
  try {
    logger[level](new NestRecord(level, fields, text, text), ...stack);
  } catch {
    // A logger of an application that was written for strings.
    logger[level](text, ...stack);
  }
}
