import type { SchemaResult, StandardIssue, StandardSchema } from '../../src/index';

/** A Standard Schema that says whatever `validate` says, as libraries make them. */
export function schemaOf<Output>(
  validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>,
): StandardSchema<unknown, Output> {
  return { '~standard': { version: 1, vendor: 'tests', validate } };
}

/** A schema that finds `issues` with everything. */
export function refusing(...issues: StandardIssue[]): StandardSchema<unknown, never> {
  return schemaOf<never>(() => ({ issues }));
}

export interface Ticket {
  readonly id: number;
  readonly title: string;
}

/** `{ "id": "7", "title": "…" }` in, a Ticket out. */
export const ticket = schemaOf<Ticket>((value) => {
  const { id, title } = (value ?? {}) as Record<string, unknown>;
  const issues = [
    ...(typeof id === 'string' ? [] : [{ message: 'Expected string', path: ['id'] }]),
    ...(typeof title === 'string' ? [] : [{ message: 'Expected string', path: ['title'] }]),
  ];
  return issues.length > 0 ? { issues } : { value: { id: Number(id), title: String(title) } };
});
