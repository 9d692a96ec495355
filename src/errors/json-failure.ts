import type { CallFacts } from '../journal/attempt';
import type { HTTPResponse } from '../response/http-response';
import { findJSONError } from '../response/json-error';
import { createException } from './create';
import type { RequestException } from './exceptions';

/** Creates the exception for a response whose body, `text`, is empty or not valid JSON. */
export function jsonFailure(response: HTTPResponse, text: string, call: CallFacts | undefined): RequestException {
  const { status, headers, config } = response;
  const position = findJSONError(text);
  const facts = { call, config, response, position };
  if (text.trim() === '') {
    return createException('JSON_EMPTY', {
      ...facts,
      detail: `the body of the ${status} response is empty where JSON was expected`,
    });
  }
  const type = String(headers['content-type'] ?? 'no content type');
  const detail = `the body of the ${status} response is not valid JSON (${type}): first error at character ${position} of ${text.length}`;
  return createException('JSON_INVALID', { ...facts, detail });
}
