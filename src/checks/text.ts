/** @throws TypeError if `value` is not a non-empty string; it is not echoed, because it may be a secret */
export function checkText(name: string, value: unknown): asserts value is string {
  if (typeof value === 'string' && value !== '') return;
  const got = value === '' ? 'an empty string' : value === null ? 'null' : typeof value;
  throw new TypeError(`Option \`${name}\` must be a non-empty string, got ${got}`);
}
