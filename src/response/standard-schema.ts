import { kindOf } from '../checks/kind-of';
import { wrongOption } from '../checks/wrong-option';

/**
 * A schema of zod, valibot, arktype or another library that implements Standard Schema.
 *
 * @see https://standardschema.dev, version 1
 */
export interface StandardSchema<Input = unknown, Output = Input> {
  /** What the specification asks of a schema. */
  readonly '~standard': {
    /** Version of Standard Schema. */
    readonly version: 1;
    /** Name of the library. */
    readonly vendor: string;
    /** Returns the output, or what is wrong with `value`. */
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
    /** For type inference only; not read at run time. */
    readonly types?:
      | {
          /** What is validated. */
          readonly input: Input;
          /** What comes out of it. */
          readonly output: Output;
        }
      | undefined;
  };
}

/** The result of validating a value. */
export type SchemaResult<Output> =
  | {
      /** The output of the schema. */
      readonly value: Output;
      /** Absent, which means that the value is valid. */
      readonly issues?: undefined;
    }
  | {
      /** What is wrong with the value. */
      readonly issues: readonly StandardIssue[];
    };

/** One validation failure, as the schema library reports it. */
export interface StandardIssue {
  /** What is wrong, in the words of the library. */
  readonly message: string;
  /** Keys and indices to the invalid value. */
  readonly path?:
    | readonly (
        | PropertyKey
        | {
            /** Key or index. */
            readonly key: PropertyKey;
          }
      )[]
    | undefined;
}

/** One validation failure in a response, and its position. */
export interface SchemaIssue {
  /** Keys and indices to the invalid value; empty for the whole response. */
  readonly path: readonly PropertyKey[];
  /** The message of the schema library, which may quote the response. */
  readonly message: string;
}

/** @throws TypeError if `schema` is not a Standard Schema */
export function checkSchema(schema: unknown): void {
  // An arktype schema is a function.
  const isHolder = (typeof schema === 'object' && schema !== null) || typeof schema === 'function';
  const standard = isHolder && (schema as Partial<StandardSchema>)['~standard'];
  if (standard && typeof (standard as Partial<StandardSchema['~standard']>).validate === 'function') return;
  const got = `${kindOf(schema)}${isHolder ? ' without `~standard`' : ''}`;
  throw wrongOption('schema', 'be a Standard Schema, for example from zod, valibot or arktype', got);
}

/** Messages may come from users of the library, so they may not be strings. */
type Unchecked<T extends { readonly message: string }> = Omit<T, 'message'> & { readonly message: unknown };

/** An issue without the extra properties that libraries add. */
export function toSchemaIssue({ message, path = [] }: Unchecked<StandardIssue>): SchemaIssue {
  return {
    // Copied first, because arktype's path is an array subclass whose `map` turns an empty path into `[0]`.
    path: [...path].map((segment) => (typeof segment === 'object' ? segment.key : segment)),
    message: String(message),
  };
}
