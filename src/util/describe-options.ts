import { isSecretName, redactURL } from './redact';

/** Levels of plain objects that are shown: an option may lead back to itself. */
const MAX_DEPTH = 3;

/** Options that are safe to log: without secrets, and of an object that is not plain only its class. */
export function describeOptions(options: object, depth = 0): Record<string, unknown> {
  const shown = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    shown.map(([name, value]: [string, unknown]) => [name, isSecretName(name) ? '***' : describeValue(value, depth)]),
  );
}

function describeValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactURL(value);
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return value;
  const prototype = Object.getPrototypeOf(value) as { readonly constructor: { readonly name: string } } | null;
  if (prototype === Object.prototype || prototype === null) {
    return depth === MAX_DEPTH ? '…' : describeOptions(value, depth + 1);
  }
  // An agent holds keys and passwords, and a list any value.
  return prototype.constructor.name;
}
