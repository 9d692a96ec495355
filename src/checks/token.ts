import { kindOfSecret } from './kind-of';

// RFC 6750, section 2.1 says b64token; real tokens contain any visible ASCII.
const VISIBLE_ASCII = /^[\x21-\x7e]+$/;

/** What is wrong with `token`, without its value; `undefined` if it can be sent. */
export function tokenComplaint(token: unknown): string | undefined {
  if (typeof token !== 'string') return `must be a string, got ${kindOfSecret(token)}`;
  if (token === '') return 'must not be empty';
  // What a template or `process.env` makes of a token that is missing.
  if (token === 'undefined' || token === 'null') return `must not be the word \`${token}\``;
  if (VISIBLE_ASCII.test(token)) return undefined;
  if (/[\r\n]/.test(token)) return 'must not contain a line break';
  if (/^bearer /i.test(token)) return 'must not contain a space (pass the token without `Bearer `)';
  if (token.includes(' ')) return 'must not contain a space';
  return 'must contain visible ASCII characters only';
}
