import { kindOf } from '../checks/kind-of';
import type { Call } from '../call/call';
import { createException } from '../errors/create';
import { isBlobLike, type BlobLike } from './multipart';

/** Encodes form fields as `requests` does: a list repeats its field, `null` and `undefined` are left out. */
export function encodeFields(fields: object, call: Call): string {
  const form = new URLSearchParams();
  for (const [name, value] of itemsOf(fields)) form.append(name, textOf(name, value, call));
  return form.toString();
}

/** The same fields for a multipart form, which can also have files. */
export function* multipartFields(fields: object, call: Call): Generator<[string, string | BlobLike]> {
  for (const [name, value] of itemsOf(fields)) {
    if (typeof value === 'object' && value !== null && isBlobLike(value)) yield [name, value];
    else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) yield [name, new Blob([value as Uint8Array])];
    else yield [name, textOf(name, value, call)];
  }
}

function* itemsOf(fields: object): Generator<[string, unknown]> {
  for (const [name, value] of Object.entries(fields) as [string, unknown][]) {
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (item !== null && item !== undefined) yield [name, item];
    }
  }
}

function textOf(name: string, value: unknown, call: Call): string {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
  if (['string', 'number', 'boolean', 'bigint'].includes(typeof value)) return String(value);
  const detail = `form field \`${name}\` must be a string, number, boolean or a list of them, got ${nameOf(value)}; for nested data use \`json\``;
  throw createException('INVALID_BODY', { call, detail });
}

function nameOf(value: unknown): string {
  return value instanceof Date ? 'an invalid Date' : kindOf(value);
}
