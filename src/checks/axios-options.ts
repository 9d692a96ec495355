import {
  areAll,
  hasQuery,
  isAdapter,
  isAgent,
  isAmount,
  isBoolean,
  isCredentials,
  isDictionary,
  isFormSerializer,
  isFunction,
  isListOf,
  isParams,
  isRate,
  isSerializer,
  isString,
  isTextEncoding,
  memberOf,
} from './axios-values';
import { kindOf, valueOrKind } from './kind-of';
import { wrongNumber, wrongOption } from './wrong-option';

/** What an option must be, in words and as a test. `undefined` is never tested: it stands for the default. */
interface Rule {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
  /** Messages quote a string only where a number or one of a few words is expected: other strings may be secrets. */
  readonly of?: 'number' | 'word';
}

const boolean: Rule = { expected: 'true or false', accepts: isBoolean, of: 'word' };
/** Of axios's hooks, `null` is as good as none. */
const hook: Rule = { expected: 'a function', accepts: (value) => value === null || isFunction(value) };
const func: Rule = { expected: 'a function', accepts: isFunction };
const object: Rule = { expected: 'an object', accepts: isDictionary };
const text: Rule = { expected: 'a string', accepts: isString };
const texts: Rule = { expected: 'a list of strings', accepts: (value) => isListOf(value, isString) };
const transforms: Rule = {
  expected: 'a function, a list of functions or null',
  accepts: (value) => value === null || isFunction(value) || isListOf(value, isFunction),
};
const bytes: Rule = {
  expected: 'a number of bytes, or -1 or Infinity for no limit',
  accepts: (value) => typeof value === 'number' && value >= -1,
  of: 'number',
};

/** Not echoed: a query may contain a secret. */
export const BASE_EXPECTED = 'must not have a query or a fragment: paths are appended to it; use `params`';
const ENCODING_EXPECTED = "an encoding of Buffer, such as 'latin1' or 'base64', or of TextDecoder";

/** `formdata` and `response` are for axios's fetch adapter. */
const RESPONSE_TYPES = ['json', 'text', 'arraybuffer', 'blob', 'stream', 'formdata', 'document', 'response'];

/**
 * What each option of axios must be. `null` is accepted where axios takes it for none.
 *
 * @see axios, "Request Config"
 */
const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>(Object.entries({
  baseURL: text,
  allowAbsoluteUrls: boolean,
  transformRequest: transforms,
  transformResponse: transforms,
  params: { expected: 'a plain object or URLSearchParams', accepts: isParams },
  paramsSerializer: { expected: 'a function, or an object with functions `encode` or `serialize`', accepts: isSerializer },
  adapter: { expected: "a function, 'http' or 'fetch', or a list of these", accepts: isAdapter, of: 'word' },
  auth: { expected: '{ username, password }', accepts: (value) => value === null || isCredentials(value) },
  responseType: oneOf(RESPONSE_TYPES),
  responseEncoding: { expected: ENCODING_EXPECTED, accepts: isTextEncoding, of: 'word' },
  onUploadProgress: hook,
  onDownloadProgress: hook,
  maxContentLength: bytes,
  maxBodyLength: bytes,
  validateStatus: { expected: 'a function, or null to accept every status', accepts: hook.accepts },
  maxRedirects: { expected: 'a number of redirects; 0 follows none', accepts: isAmount, of: 'number' },
  maxRate: { expected: 'a number of bytes per second, or a list of two: up and down', accepts: isRate, of: 'number' },
  beforeRedirect: hook,
  socketPath: { expected: 'a path', accepts: (value) => value === null || (isString(value) && value !== '') },
  allowedSocketPaths: {
    expected: 'a path or a list of paths',
    accepts: (value) => value === null || isString(value) || isListOf(value, isString),
  },
  httpAgent: agentOf('http'),
  httpsAgent: agentOf('https'),
  proxy: { expected: '{ host, port } or false', accepts: (value) => value === false || isString(memberOf(value, 'host')) },
  cancelToken: { expected: 'a CancelToken of axios', accepts: (value) => isFunction(memberOf(value, 'throwIfRequested')) },
  signal: { expected: 'an AbortSignal', accepts: (value) => isFunction(memberOf(value, 'addEventListener')) },
  decompress: boolean,
  transitional: { expected: 'an object of booleans', accepts: (value) => isDictionary(value) && areAll(value, isBoolean) },
  insecureHTTPParser: boolean,
  env: { expected: 'an object of classes and functions, such as `FormData`', accepts: (value) => isDictionary(value) && areAll(value, hook.accepts) },
  formSerializer: { expected: 'an object of options for forms', accepts: isFormSerializer },
  family: { expected: '4 or 6', accepts: (value) => value === 4 || value === 6 || value === 0, of: 'number' },
  lookup: func,
  parseReviver: hook,
  fetchOptions: object,
  httpVersion: { expected: '1 or 2', accepts: (value) => value === 1 || value === 2, of: 'number' },
  http2Options: object,
  sensitiveHeaders: texts,
  redact: texts,
  maxHeaderSize: { expected: 'a number of bytes', accepts: (value) => Number.isInteger(value) && isAmount(value), of: 'number' },
  formDataHeaderPolicy: oneOf(['legacy', 'content-only']),
  timeoutErrorMessage: text,
  withCredentials: boolean,
  withXSRFToken: { expected: 'true, false or a function', accepts: (value) => isBoolean(value) || isFunction(value) },
  xsrfCookieName: text,
  xsrfHeaderName: text,
} satisfies Record<string, Rule>)); // prettier-ignore

/**
 * Checks those of `options` that are axios's.
 *
 * @throws TypeError or RangeError that names the option and the expectation, and the value unless it may be a secret
 */
export function checkAxiosOptions(options: Readonly<Record<string, unknown>>): void {
  for (const name of Object.keys(options)) {
    const rule = RULES.get(name);
    const value = options[name];
    if (!rule || value === undefined) continue;
    if (!rule.accepts(value)) throw wrongValue(name, rule, value);
    if (name === 'baseURL' && hasQuery(value)) throw new TypeError(`Option \`baseURL\` ${BASE_EXPECTED}`);
  }
}

function wrongValue(name: string, { expected, of }: Rule, value: unknown): Error {
  if (of === 'number') return wrongNumber(name, `be ${expected}`, value);
  return wrongOption(name, `be ${expected}`, of === undefined ? kindOf(value) : valueOrKind(value, of));
}

function agentOf(module: 'http' | 'https'): Rule {
  const expected = `an agent, such as \`new ${module}.Agent(…)\``;
  return { expected, accepts: (value) => value === null || value === false || isAgent(value) };
}

function oneOf(words: readonly string[]): Rule {
  const expected = `one of ${words.map((word) => `'${word}'`).join(', ')}`;
  return { expected, accepts: (value) => isString(value) && words.includes(value), of: 'word' };
}
