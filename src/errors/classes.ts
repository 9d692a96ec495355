import { CODES, type ErrorCode } from './codes';
import * as classes from './exceptions';
import type { ExceptionFacts, RequestException } from './exceptions';

interface Row {
  /** The class that is thrown. */
  readonly type: new (facts: ExceptionFacts) => RequestException;
  /** Whether another try is worth it. */
  readonly retryable: boolean;
  readonly meaning: string;
}

/** Every way in which a call can fail, with its class. */
export const ERROR_CODES = Object.fromEntries(
  Object.entries(CODES).map(([code, row]): [string, Row] => [code, { ...row, type: classes[row.type] }]),
) as Readonly<Record<ErrorCode, Row>>;
