import { isOptions, kindOf } from '../checks/kind-of';
import { checkNames } from '../checks/names';
import { checkDuration, checkInteger } from '../checks/values';
import { checkFunction, wrongOption } from '../checks/wrong-option';

const NAMES = ['status', 'headers', 'body', 'json', 'delay', 'hangUp'];

/** @throws TypeError if `script` is neither a list nor a function */
export function checkScript(script: unknown): void {
  if (Array.isArray(script) || typeof script === 'function') return;
  throw new TypeError(`The script must be a list of responses or a function that returns one, got ${kindOf(script)}`);
}

/**
 * Checks what a script says of one response.
 *
 * @param further a name that only this kind of script knows
 * @throws TypeError or RangeError if it is not a response, or has an unknown name or a wrong value
 */
export function checkAnswer(answer: unknown, further: string): asserts answer is object {
  if (!isOptions(answer)) throw new TypeError(`it returned ${kindOf(answer)} instead of a response`);
  checkNames('property of a response', answer, new Set([...NAMES, further]), false);
  const { status = 200, delay = 0, headers = {}, body, json, handle } = answer as Record<string, unknown>;
  checkInteger('status', status, 100, 999);
  if (delay !== Infinity) checkDuration('delay', delay, 0, Number.MAX_SAFE_INTEGER);
  if (!isOptions(headers)) throw wrongOption('headers', 'be an object of values by name', kindOf(headers));
  if (body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array)) {
    throw wrongOption('body', 'be a string or bytes', kindOf(body), 'use `json` for other values');
  }
  if (handle !== undefined) checkFunction('handle', handle);
  if (body !== undefined && json !== undefined) throw new TypeError('a response has either `body` or `json`, not both');
}
