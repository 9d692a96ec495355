import { ERROR_CODES } from './classes';
import type { ErrorCode } from './codes';
import type { ExceptionFacts } from './exception-facts';
import type { RequestException } from './exceptions';
import type { Sent } from '../journal/attempt';
import { shortenTLSMessage } from './tls-words';
import { withoutSecrets } from './without-secrets';
import { cutURL } from '../util/cut';
import { isError } from '../util/is-error';
import { redactURL } from '../util/redact';
import { redactMessage } from '../util/safe-quote';

/** What the code that detects a failure knows about it. The rest comes from the table of codes. */
export type Facts = Partial<Omit<ExceptionFacts, 'code' | 'message' | 'retryable'>> & {
  /** What happened, in a few words. The default is the meaning of the code. */
  readonly detail?: string | undefined;
};

/** Creates the exception for `code`. Its message names the request. */
export function createException(code: ErrorCode, facts: Facts = {}): RequestException {
  const { type, retryable, meaning } = ERROR_CODES[code];
  const { call, detail = meaning, sent = sentBy(facts), cause, ...rest } = facts;
  const safeCause = isError(cause) ? withoutSecrets(cause) : cause;
  if (isError(safeCause)) shortenTLSMessage(safeCause);
  const request = call ? `${call.method} ${cutURL(redactURL(call.url))}: ` : '';
  const message = request + redactMessage(detail);
  const all = { ...rest, cause: safeCause, code, retryable, call, sent, message };
  // Node prints the line that created an uncaught exception above its stack, unless it contains these words.
  return new type(all); // node-do-not-add-exception-line
}

function sentBy({ phase, response }: Facts): Sent {
  if (response !== undefined || phase === 'body') return 'yes';
  return phase === 'headers' ? 'maybe' : 'no';
}
