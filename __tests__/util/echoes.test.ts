import { beginningWithout, maskEchoes, secretsIn } from '../../src/util/echoes';

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

describe('the beginning of a long text', () => {
  const secrets = ['short-secret', `opaque${'-'.repeat(5000)}token`];

  test.each([0, 1, 11, 12, 4000, 5010, 5011])(
    'holds no part of a secret that ends %d characters behind the cut',
    (behind) => {
      const cut = 20_000 + 5011;
      for (const secret of secrets) {
        const before = 'x'.repeat(cut + behind - secret.length);
        const beginning = beginningWithout(secrets, `${before}${secret} is not valid`);

        expect(beginning).not.toMatch(/opaque|short|-/);
        expect(beginning.length).toBeGreaterThan(14_000);
      }
    },
  );

  test.each([3, 5, 9])('is without them if it consists of them, %d times', (times) => {
    expect(beginningWithout(secrets, `${secrets[1]} `.repeat(times))).toMatch(/^[* ]*$/);
  });

  test('does not pay for what is not shown', () => {
    const search = jest.spyOn(String.prototype, 'replaceAll');
    beginningWithout(secrets, 'x'.repeat(1_000_000));
    const lengths = search.mock.contexts.map((text) => String(text).length);
    search.mockRestore();

    expect(Math.max(...lengths)).toBeLessThan(30_000);
  });
});
