import { maskEchoes, secretsIn } from '../../src/util/echoes';

test.each<[string, Record<string, unknown>, string, string]>([
  ['a token without its scheme', { Authorization: 'Bearer opaque-token-1' }, 'opaque-token-1 expired', '*** expired'],
  ['a password of basic credentials', { Authorization: 'Basic YTpzd29yZGZpc2g=' }, 'not swordfish', 'not ***'],
  ['a key', { 'X-Api-Key': 'live-key-55' }, 'key live-key-55 unknown', 'key *** unknown'],
  ['the value of a cookie', { Cookie: 'lang=en; sid=0123456789' }, 'session 0123456789', 'session ***'],
])('%s is masked', (_, headers, text, expected) => {
  expect(maskEchoes(text, secretsIn(headers))).toBe(expected);
});

test.each<[string, Record<string, unknown>, string]>([
  ['a header that is not secret', { 'Idempotency-Key': '0123456789' }, 'key 0123456789 was used'],
  ['what is as short as a word', { 'X-Api-Key': 'invalid' }, 'an invalid key'],
  ['the scheme of a credential', { Authorization: 'Signature keyId="ada"' }, 'Signature is not valid'],
  ['a header without a value', { Authorization: undefined, Cookie: null }, 'undefined or null'],
])('%s is not', (_, headers, text) => {
  expect(maskEchoes(text, secretsIn(headers))).toBe(text);
});
