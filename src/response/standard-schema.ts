/**
 * A schema of zod, valibot, arktype or whatever else keeps to the Standard Schema.
 *
 * @see https://standardschema.dev, version 1
 */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1;
    /** Name of the library. */
    readonly vendor: string;
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
    /** For the compiler only. */
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

/** What a schema says of a value. */
export type SchemaResult<Output> =
  { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly StandardIssue[] };

/** What a schema finds wrong. */
export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** What a schema finds wrong with an answer, and where in it. */
export interface SchemaIssue {
  /** Keys and indices that lead there; empty for the answer as a whole. */
  readonly path: readonly PropertyKey[];
  /** The schema's own words, which may quote the answer. */
  readonly message: string;
}

/** @throws TypeError if `schema` is none */
export function checkSchema(schema: unknown): void {
  // That of arktype is a function.
  const isHolder = (typeof schema === 'object' && schema !== null) || typeof schema === 'function';
  const standard = isHolder && (schema as Partial<StandardSchema>)['~standard'];
  if (standard && typeof (standard as Partial<StandardSchema['~standard']>).validate === 'function') return;
  const got = schema === null ? 'null' : `${typeof schema}${isHolder ? ' without `~standard`' : ''}`;
  throw new TypeError(`Option \`schema\` must be a Standard Schema, as zod, valibot and arktype make them, got ${got}`);
}

/** A library may have got its messages from its users. */
type Unchecked<T extends { readonly message: string }> = Omit<T, 'message'> & { readonly message: unknown };

/** An issue in plain terms, without what libraries hang on theirs. */
export function toSchemaIssue({ message, path = [] }: Unchecked<StandardIssue>): SchemaIssue {
  return {
    // A list of its own: `map` of arktype's, which is more than an array, makes `[0]` of an empty one.
    path: [...path].map((segment) => (typeof segment === 'object' ? segment.key : segment)),
    message: String(message),
  };
}
