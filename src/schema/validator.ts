import { Call } from '../call/call';
import { createException, type Facts } from '../errors/create';
import { toError } from '../util/is-error';
import { HTTPResponse, jsonOf } from '../response/http-response';
import { describeIssues, withoutValues } from './describe-issues';
import {
  checkSchema,
  toSchemaIssue,
  type SchemaIssue,
  type SchemaResult,
  type StandardIssue,
  type StandardSchema,
} from '../response/standard-schema';

/**
 * Returns a function that validates the JSON of a response with `schema`. It rejects with JSONDecodeError if the body is
 * not valid JSON, with ResponseValidationError if it does not match, and with RequestException if the schema throws.
 *
 * @throws TypeError if `schema` is not a Standard Schema
 */
export function validator<T>(
  schema: StandardSchema<unknown, T>,
  method: string,
  url: string | URL,
): (outcome: unknown) => Promise<T> {
  checkSchema(schema);
  return async (outcome) => {
    const body = jsonOf(outcome);
    const facts = factsOf(outcome, method, url);
    const { value, issues } = await validate(schema, body, facts);
    if (issues === undefined) return value;
    const detail = `the response does not match the schema: ${describeIssues(issues, body)}`;
    throw createException('RESPONSE_INVALID', { ...facts, issues, detail });
  };
}

/** Has either a value, which may be undefined, or issues. */
type Verdict<T> =
  | { readonly value: T; readonly issues?: undefined }
  | { readonly value?: undefined; readonly issues: readonly SchemaIssue[] };

async function validate<T>(schema: StandardSchema<unknown, T>, body: unknown, facts: Facts): Promise<Verdict<T>> {
  try {
    return toVerdict(await schema['~standard'].validate(body));
  } catch (thrown) {
    const cause = withoutQuotes(toError(thrown), body);
    throw createException('SCHEMA_FAILED', { ...facts, cause, detail: `the schema threw a ${cause.name}` });
  }
}

/** A cause is logged with its exception, and the error of a transform (such as `JSON.parse`) may quote the body. */
function withoutQuotes({ name, message, stack = '' }: Error, body: unknown): Error {
  const copy = new Error(withoutValues(message, body));
  copy.name = name;
  const lines = stack.split('\n');
  // The frames are the last lines; a message may have lines like them.
  const end = lines.findLastIndex((line) => !line.startsWith('    at '));
  copy.stack = [`${name}: ${copy.message}`, ...lines.slice(end + 1)].join('\n');
  return copy;
}

function toVerdict<T>(result: SchemaResult<T>): Verdict<T> {
  const { issues } = result as { readonly issues?: unknown };
  // Copied into a plain array: that of arktype has further members.
  if (Array.isArray(issues)) return { issues: Array.from(issues as StandardIssue[], toSchemaIssue) };
  if (issues === undefined && 'value' in result) return { value: result.value };
  throw new TypeError('a schema must return a value or issues');
}

/** An interceptor of the user may have replaced the response with its data. */
function factsOf(outcome: unknown, method: string, url: string | URL): Facts {
  if (!(outcome instanceof HTTPResponse)) return { call: new Call(method, String(url)), sent: 'yes' };
  const { config } = outcome;
  return { call: config.call, config, response: outcome };
}
