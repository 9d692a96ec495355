import type { AxiosInstance } from 'axios';
import { isPlainObject } from '../checks/kind-of';
import { wrongOption } from '../checks/wrong-option';
import { attemptEnd, callEnd } from '../events/channels';
import { jsonOf, type HTTPResponse } from '../response/http-response';
import { validator } from '../schema/validator';
import { ownOptions } from '../util/own-options';
import type { CallArguments } from './call-arguments';
import { LateEnd } from './call-end';
import { lostClient } from './lost-client';
import type { JSONRequestOptions } from './options/request-options';

export type JSONVerb = 'get' | 'post' | 'put' | 'patch';

type Verbs = Readonly<Record<JSONVerb, <T>(...given: CallArguments) => Promise<HTTPResponse<T>>>> & {
  readonly axios: Pick<AxiosInstance, 'defaults'>;
};

/** What `responseType` may request that cannot be parsed. */
const UNPARSED: ReadonlySet<unknown> = new Set(['stream', 'blob', 'formdata', 'response']);

/**
 * A call whose result is the JSON of the response, validated if there is a schema.
 *
 * @throws TypeError if there is no client, `schema` is not a Standard Schema, or `responseType` does not give the body
 */
export function callForJSON<T>(
  client: Partial<Verbs> | undefined,
  verb: JSONVerb,
  given: CallArguments<JSONRequestOptions<T>>,
): Promise<T> {
  if (typeof client?.[verb] !== 'function') throw lostClient(`${verb}Json`);
  const [url, options, ...more] = given;
  const responseType = options?.responseType ?? client.axios?.defaults.responseType;
  if (UNPARSED.has(responseType)) throw unparsed(verb, String(responseType));
  if (options?.schema === undefined) return read(client[verb], client, given, jsonOf<T>);
  // An inherited schema does not count.
  const { schema, ...others } = ownOptions(options);
  const decode = schema === undefined ? jsonOf<T> : validator(schema, verb.toUpperCase(), url);
  return read(client[verb], client, [url, others, ...more], decode);
}

function unparsed(verb: JSONVerb, responseType: string): TypeError {
  const must = `be 'json', 'text' or 'arraybuffer' for ${verb}Json`;
  return wrongOption('responseType', must, `'${responseType}'`, `use \`${verb}\``);
}

/** Sends, and reads the body, whose failures are those of the call for those who observe it. */
function read<T>(
  send: Verbs[JSONVerb],
  client: Partial<Verbs>,
  given: CallArguments,
  decode: (outcome: HTTPResponse<T>) => T | Promise<T>,
): Promise<T> {
  const [url, options = {}, ...more] = given;
  // Wrong options are refused as they are.
  const isObserved: boolean = (callEnd.hasSubscribers || attemptEnd.hasSubscribers) && isPlainObject(options);
  if (!isObserved) {
    return send.call<unknown, CallArguments, Promise<HTTPResponse<T>>>(client, ...given).then(decode);
  }
  const end = new LateEnd();
  const late: CallArguments = [url, Object.assign({}, options, end.options), ...more];
  return end.after(send.call<unknown, CallArguments, Promise<HTTPResponse<T>>>(client, ...late).then(decode));
}
