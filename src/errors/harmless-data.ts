import { isPlainObject } from '../checks/kind-of';
import { isSecretName } from '../util/redact';
import { redactMessage } from '../util/safe-quote';

/** Names under which other libraries keep a request, or what it was made of. */
const OF_A_REQUEST =
  /^(?:args|argv|command|credentials|env|form|init|input|json|param|(?:raw|re[qs]|request|response)?[-_]?(?:body|config|data|headers?|options|trailers?)|re[qs]|request|response)$/i;

/** A list of values for a query, without their names. As an object, as in the errors of ajv, it has the names. */
const OF_A_QUERY = /^(?:params|parameters|bindings)$/i;

/** Values that are looked at: a member may be huge. */
const MAX_VALUES = 100;

/** Characters of a string that is data. A longer one is more likely to be a body. */
const MAX_LENGTH = 1000;

/** Whether the name of a member suggests a secret. `code` is the name of error codes, too. */
export function isSecretMember(name: string): boolean {
  return name !== 'code' && isSecretName(name);
}

/**
 * Whether an object that an error holds is plain data, with nothing in it that looks like a request or a secret, such as
 * `{ orderId: 7, missing: ['street'] }`.
 */
export function isHarmlessData(name: string, data: object, seen = { values: 0 }): boolean {
  if (data instanceof Date) return true;
  if (OF_A_REQUEST.test(name) || isSecretMember(name)) return false;
  if (Array.isArray(data) ? data.length > MAX_VALUES || OF_A_QUERY.test(name) : !isSmallObject(data)) return false;
  if (Object.getOwnPropertySymbols(data).length > 0) return false;
  return Object.entries(Object.getOwnPropertyDescriptors(data)).every(([member, descriptor]) => {
    seen.values++;
    return 'value' in descriptor && seen.values <= MAX_VALUES && isHarmless(member, descriptor.value, seen);
  });
}

/** Counts before all members are read, which takes ten times as long. There may be a million. */
function isSmallObject(data: object): boolean {
  if (!isPlainObject(data)) return false;
  let count = 0;
  for (const _ in data) if (++count > MAX_VALUES) return false;
  return true;
}

function isHarmless(name: string, value: unknown, seen: { values: number }): boolean {
  if (typeof value === 'object' && value !== null) return isHarmlessData(name, value, seen);
  if (typeof value !== 'string') return true;
  return value.length <= MAX_LENGTH && !isSecretMember(name) && redactMessage(value) === value;
}
