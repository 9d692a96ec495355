import { jsonOf, type HTTPResponse } from '../response/http-response';
import { validator } from '../schema/validator';
import { ownOptions } from '../util/own-options';
import type { CallArguments } from './call-arguments';
import { lostClient } from './lost-client';
import type { JSONRequestOptions } from './options';

export type JSONVerb = 'get' | 'post' | 'put' | 'patch';

type Verbs = Readonly<Record<JSONVerb, <T>(...given: CallArguments) => Promise<HTTPResponse<T>>>>;

/**
 * A call whose result is the JSON of the response, validated if there is a schema.
 *
 * @throws TypeError if there is no client, or `schema` is not a Standard Schema
 */
export function callForJSON<T>(
  client: Partial<Verbs> | undefined,
  verb: JSONVerb,
  given: CallArguments<JSONRequestOptions<T>>,
): Promise<T> {
  if (typeof client?.[verb] !== 'function') throw lostClient(`${verb}Json`);
  const [url, options, ...more] = given;
  if (options?.schema === undefined) return client[verb]<T>(...given).then(jsonOf);
  const { schema, ...others } = ownOptions(options);
  if (schema === undefined) return client[verb]<T>(url, others, ...more).then(jsonOf);
  const validated = validator(schema, verb.toUpperCase(), url, others.responseType);
  return client[verb]<T>(url, others, ...more).then(validated);
}
