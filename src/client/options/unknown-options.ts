import { wrongOption } from '../../checks/wrong-option';
import { kindOf } from '../../checks/kind-of';
import { sameName } from '../../checks/counterparts';
import { nearest } from '../../checks/names';
import { counterpart } from '../../checks/other-clients';
import { ownOptions } from '../../util/own-options';
import { checkClientOptions, OF_CLIENT } from './options-argument';
import { AXIOS_OPTIONS, JSON_OPTIONS, REQUEST_OPTIONS } from './option-names';
import type { HTTPClientOptions } from './client-options';
import type { RequestOptions } from './request-options';
import { expectedByPlugin, isReadByPlugin } from './axios-plugin-options';
import { adviceForField, isSchema, mayBeBody, takesBody, wrongOptions } from '../wrong-arguments';

type Names = ReadonlySet<string>;

const OF_CALL: Names = new Set([...REQUEST_OPTIONS, ...JSON_OPTIONS, ...AXIOS_OPTIONS]);

/** What a config has besides options. */
const NOT_FREE: Names = new Set([...OF_CLIENT, ...OF_CALL, 'url', 'method', 'call', 'attemptState', 'beside']);

/** Options of plugins that are fields of many bodies. */
const USUAL_FIELDS: Names = new Set(['cache', 'id', 'metadata', 'threshold']);

/** What does for one call what an option of the client does for all. */
const FOR_ONE_CALL: Readonly<Record<string, string>> = {
  maxResponseSize: '; for one call use `maxContentLength`',
  requestContext: '; use another client for third-party APIs',
  trustEnv: '; for one call use `proxy`',
};

const TO_PLUGINS = 'If an axios plugin or interceptor reads it, list it in `extraOptions` of the client.';

/**
 * The names that a call accepts without a closer look.
 *
 * @throws TypeError if `extraOptions` is not a list of names, or contains one that has a meaning already
 */
export function callOptionNames(extraOptions: unknown): Names {
  if (extraOptions === undefined) return OF_CALL;
  if (!Array.isArray(extraOptions)) {
    throw wrongOption('extraOptions', 'be a list of names', kindOf(extraOptions));
  }
  const names = extraOptions as readonly unknown[];
  for (const name of names) {
    if (typeof name !== 'string' || name === '') {
      throw wrongOption('extraOptions', 'contain names of options', kindOf(name));
    }
    if (NOT_FREE.has(name))
      throw new TypeError(`Option \`extraOptions\` must not contain \`${name}\`: it has a meaning`);
  }
  return new Set([...OF_CALL, ...(names as readonly string[])]);
}

/**
 * The options of a client without those of a polluted prototype.
 *
 * @throws TypeError if `given` is not an object of options, or says what to use instead of an unknown name
 */
export function readClientOptions(given: HTTPClientOptions): HTTPClientOptions {
  checkClientOptions(given);
  const options = ownOptions(given);
  const { extraOptions = [] } = options;
  for (const [name, value] of Object.entries(options)) {
    if (OF_CLIENT.has(name) || extraOptions.includes(name) || isReadByPlugin(name, value)) continue;
    throw unknownOption(name, adviceFor(name, OF_CLIENT) ?? `. ${TO_PLUGINS}`);
  }
  return options;
}

/**
 * Looks at the names that are not in `known`.
 *
 * @throws TypeError that says what to use instead, unless a plugin reads them
 */
export function checkCallNames(method: string, options: RequestOptions, known: Names): void {
  if (isSchema(options)) throw wrongOptions(method, options);
  const isLikeBody = mayBeBody(method, options);
  const unknown = Object.entries(options).filter(([name, value]) => {
    const isField = isLikeBody && USUAL_FIELDS.has(name);
    return !known.has(name) && (isField || !isReadByPlugin(name, value));
  });
  const advised = unknown.map(([name, value]) => ({
    name,
    advice: isReadByPlugin(name, value) ? undefined : adviceFor(name, known),
  }));
  // A body may have fields with names of options; one that resembles no option tells that it is a body.
  const found = advised.find(({ advice }) => advice === undefined) ?? advised[0];
  if (found === undefined) return;
  const { name, advice } = found;
  if (advice === undefined) throw unknownOption(name, withoutAdvice(method, isLikeBody));
  throw unknownOption(name, isLikeBody ? advice + alsoAsField(name, advice) : advice);
}

/** What to say after a name that resembles no option. */
function withoutAdvice(method: string, isLikeBody: boolean): string {
  if (isLikeBody) return `: the body goes into { json: … } or { data: … }. ${TO_PLUGINS}`;
  return takesBody(method) ? `. ${TO_PLUGINS}` : `: query parameters go into { params: … }. ${TO_PLUGINS}`;
}

function unknownOption(name: string, advice: string): TypeError {
  return new TypeError(`Unknown option \`${name}\`${advice}`);
}

/** What to say after a name; `undefined` if it resembles no option. */
function adviceFor(name: string, known: Names): string | undefined {
  const spelling = sameName(name, known);
  if (spelling !== undefined && spelling !== name) return `. Did you mean \`${spelling}\`?`;
  const elsewhere = known.has(name) ? undefined : sameName(name, known === OF_CLIENT ? OF_CALL : OF_CLIENT);
  if (elsewhere !== undefined) return ofTheOther(elsewhere, name, known);
  const expected = expectedByPlugin(name);
  if (expected !== undefined) return `: the axios plugin that reads it takes ${expected}`;
  const instead = counterpart(name);
  if (instead !== undefined) return `: ${instead}`;
  const meant = nearest(name, known);
  return meant === undefined ? undefined : `. Did you mean \`${meant}\`?`;
}

/** Of an option of the client in a call, and the other way round. */
function ofTheOther(option: string, name: string, known: Names): string {
  const what = option === name ? ': it is' : `. Did you mean \`${option}\`? It is`;
  return known === OF_CLIENT
    ? `${what} an option of a call`
    : `${what} an option of the client${FOR_ONE_CALL[option] ?? ''}`;
}

/** For a name that may as well be that of a field. */
function alsoAsField(name: string, advice: string): string {
  if (!/^[a-z]+$/.test(name)) return '';
  return `${advice.endsWith('?') ? '' : '.'} ${adviceForField(name)}`;
}
