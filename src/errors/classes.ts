import { CODES, type ErrorCode } from './codes';
import * as classes from './exceptions';
import type { ExceptionFacts } from './exception-facts';
import type { RequestException } from './exceptions';

interface Row {
  /** The class that is thrown. */
  readonly type: new (facts: ExceptionFacts) => RequestException;
  /** Whether a retry may succeed. */
  readonly retryable: boolean;
  readonly meaning: string;
}

/** Every way a call can fail: the class that is thrown, whether a retry may succeed, and what the code means. */
export const ERROR_CODES = Object.fromEntries(
  Object.entries(CODES).map(([code, row]): [string, Row] => [code, { ...row, type: classes[row.type] }]),
) as Readonly<Record<ErrorCode, Row>>;
