import type { ResponseType } from 'axios';
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

const READABLE: ReadonlySet<ResponseType> = new Set(['json', 'text', 'arraybuffer', 'document']);

/**
 * Reads the JSON of an answer as `schema` has it.
 *
 * @throws TypeError if `schema` is none, or would not see the body
 */
export function validator<T>(
  schema: StandardSchema<unknown, T>,
  method: string,
  url: string | URL,
  responseType?: ResponseType,
): (outcome: unknown) => Promise<T> {
  checkSchema(schema);
  if (responseType !== undefined && !READABLE.has(responseType)) {
    throw new TypeError(`A \`schema\` needs the body itself, which \`responseType: '${responseType}'\` does not give`);
  }
  return async (outcome) => {
    const answer = jsonOf(outcome);
    const facts = factsOf(outcome, method, url);
    const { value, issues } = await judge(schema, answer, facts);
    if (issues === undefined) return value;
    const detail = `the answer does not match the schema: ${describeIssues(issues, answer)}`;
    throw createException('RESPONSE_INVALID', { ...facts, issues, detail });
  };
}

/** Either is there; a value may be undefined. */
type Judgement<T> =
  | { readonly value: T; readonly issues?: undefined }
  | { readonly value?: undefined; readonly issues: readonly SchemaIssue[] };

async function judge<T>(schema: StandardSchema<unknown, T>, answer: unknown, facts: Facts): Promise<Judgement<T>> {
  try {
    return read(await schema['~standard'].validate(answer));
  } catch (thrown) {
    const cause = printable(toError(thrown), answer);
    throw createException('SCHEMA_FAILED', { ...facts, cause, detail: `the schema threw a ${cause.name}` });
  }
}

/** A cause is printed with its exception, and what a transform throws (`JSON.parse` does) may quote the answer. */
function printable({ name, message, stack = '' }: Error, answer: unknown): Error {
  const copy = new Error(withoutValues(message, answer));
  copy.name = name;
  const [frames = ''] = /(?:\n {4}at .*)+$/.exec(stack) ?? [];
  copy.stack = `${name}: ${copy.message}${frames}`;
  return copy;
}

function read<T>(result: SchemaResult<T>): Judgement<T> {
  const { issues } = result as { readonly issues?: unknown };
  // A list of its own, for that of arktype is more than a list.
  if (Array.isArray(issues)) return { issues: Array.from(issues as StandardIssue[], toSchemaIssue) };
  if (issues === undefined && 'value' in result) return { value: result.value };
  throw new TypeError('a schema must give a value or issues');
}

/** An interceptor of the user's may have unwrapped the answer. */
function factsOf(outcome: unknown, method: string, url: string | URL): Facts {
  if (!(outcome instanceof HTTPResponse)) return { call: new Call(method, String(url)), sent: 'yes' };
  const { config } = outcome;
  return { call: config.call, config, response: outcome };
}
