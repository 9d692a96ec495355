import { runInNewContext } from 'node:vm';
import {
  hasQuery,
  isAdapter,
  isAgent,
  isDictionary,
  isParams,
  isRate,
  isTextEncoding,
} from '../../src/checks/axios-values';

/** A value of another realm, such as that of a test environment. */
const foreign = (code: string): unknown => runInNewContext(code);

test.each([
  ['an object of another realm', isDictionary, foreign('({})'), true],
  ['a list of another realm', isDictionary, foreign('[]'), false],
  ['a function', isDictionary, (): undefined => undefined, false],
  ['an agent of another realm', isAgent, foreign('({ addRequest() {} })'), true],
  ['an agent that inherits its method', isAgent, new (class { addRequest = (): undefined => undefined; })(), true],
  ['options of an agent', isAgent, { keepAlive: true, maxSockets: 5 }, false],
  ['an object whose `addRequest` is something else', isAgent, { addRequest: true }, false],
  ['an adapter of another realm', isAdapter, foreign('() => undefined'), true],
  ['an adapter in capitals', isAdapter, 'HTTP', true],
  ['adapters, one of them not available here', isAdapter, [false, null, 'fetch'], true],
  ['adapters, one of them unknown', isAdapter, ['http', 'htp'], false],
  ['parameters of another realm', isParams, foreign('({ a: 1 })'), true],
  ['URLSearchParams of another realm', isParams, new (class { readonly [Symbol.toStringTag] = 'URLSearchParams'; })(), true],
  ['a form as parameters', isParams, new FormData(), false],
  ['a rate up', isRate, [1000], true],
  ['a rate down', isRate, [undefined, 1000], true],
  ['a negative rate', isRate, [1000, -1], false],
  ['a base with a port', hasQuery, 'http://a:1/b', false],
  ['a base with a fragment', hasQuery, 'http://a/#b', true],
  ['a base that is no string', hasQuery, new URL('http://a/?b'), false],
  ['an encoding of Buffer', isTextEncoding, 'base64url', true],
  ['an encoding of TextDecoder', isTextEncoding, 'shift_jis', true],
  ['no encoding', isTextEncoding, undefined, true],
  ['an unknown encoding', isTextEncoding, 'utf-88', false],
] as [string, (value: unknown) => boolean, unknown, boolean][])('%s', (_, accepts, value, expected) => {
  expect(accepts(value)).toBe(expected);
}); // prettier-ignore
