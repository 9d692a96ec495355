import { inspect } from 'node:util';

/** Fields that the message contains already, or that are for machines. */
const UNTOLD: ReadonlySet<string> = new Set([
  'http.request.method',
  'url.full',
  'url.template',
  'server.address',
  'server.port',
  'http.response.status_code',
  'error.type',
  'code',
  'duration',
  'retries',
  'span_id',
  'suppressed',
]);

/** A line for people: the message, and in brackets what it does not tell. */
export function readableLine(fields: Readonly<Record<string, unknown>>, message: string): string {
  const rest = Object.entries(fields).filter(([name, value]) => !UNTOLD.has(name) && isTelling(name, value));
  if (rest.length === 0) return message;
  return `${message} (${rest.map(([name, value]) => `${name}: ${textOf(value)}`).join('; ')})`;
}

/** For a single attempt, the message says everything. */
function isTelling(name: string, value: unknown): boolean {
  return value !== undefined && (name !== 'attempts' || textOf(value).includes(','));
}

/** In one line. */
function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : inspect(value, { breakLength: Infinity, depth: 2 });
  return text.replace(/\s+/g, ' ');
}
