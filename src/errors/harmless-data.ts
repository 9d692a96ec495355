import { isPlainObject } from '../checks/kind-of';
import { isSecretName } from '../util/redact';
import { redactMessage } from '../util/safe-quote';

/** Names under which other libraries keep a request, or what it was made of. */
const OF_A_REQUEST =
  /^(?:args|auth|body|command|config|credentials|data|form|headers?|init|input|json|options|params?|req|request|res|response)$/i;

/** Values that are looked at: a member may be huge. */
const MAX_VALUES = 100;

/**
 * Whether an object that an error holds is plain data, with nothing in it that looks like a request or a secret, such as
 * `{ orderId: 7, missing: ['street'] }`.
 */
export function isHarmlessData(name: string, data: object, seen = { values: 0 }): boolean {
  if (OF_A_REQUEST.test(name)) return false;
  if (data instanceof Date) return true;
  const isShort = Array.isArray(data) ? data.length <= MAX_VALUES : isPlainObject(data);
  if (!isShort || Object.getOwnPropertySymbols(data).length > 0) return false;
  return Object.entries(Object.getOwnPropertyDescriptors(data)).every(([member, descriptor]) => {
    seen.values++;
    return 'value' in descriptor && seen.values <= MAX_VALUES && isHarmless(member, descriptor.value, seen);
  });
}

function isHarmless(name: string, value: unknown, seen: { values: number }): boolean {
  if (typeof value === 'object' && value !== null) return isHarmlessData(name, value, seen);
  return typeof value !== 'string' || !(isSecretName(name) || redactMessage(value) !== value);
}
