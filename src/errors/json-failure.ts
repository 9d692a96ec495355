import type { CallFacts } from '../journal/attempt';
import type { HTTPResponse } from '../response/http-response';
import { findJSONError } from '../response/json-error';
import { isError } from '../util/is-error';
import { createException } from './create';
import type { RequestException } from './exceptions';

/** Creates the exception for a response whose body, `text`, is empty, not valid JSON, or refused by `parseReviver`. */
export function jsonFailure(
  response: HTTPResponse,
  text: string,
  call: CallFacts | undefined,
  cause: unknown,
): RequestException {
  const { status, headers, config } = response;
  const position = findJSONError(text);
  const facts = { call, config, response, position };
  if (text.trim() === '') {
    return createException('JSON_EMPTY', {
      ...facts,
      detail: `the body of the ${status} response is empty where JSON was expected`,
    });
  }
  // JSON.parse throws SyntaxErrors itself; they may quote the body.
  if (isError(cause) && cause.name !== 'SyntaxError') {
    const detail = `\`parseReviver\` failed: ${cause.message}`;
    return createException('JSON_INVALID', { call, config, response, cause, detail });
  }
  const type = String(headers['content-type'] ?? 'no content type');
  const detail = `the body of the ${status} response is not valid JSON (${type}): first error at character ${position} of ${text.length}`;
  return createException('JSON_INVALID', { ...facts, detail });
}
