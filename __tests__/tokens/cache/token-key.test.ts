import { tokenKeys, type TokenKeyFacts } from '../../../src/tokens/cache/token-key';

const FACTS: TokenKeyFacts = { issuer: 'https://issuer', client: 'a', grant: 'client_credentials', scope: 'x y' };
const NOBODY = { audience: undefined, resource: undefined };

function key(facts: Partial<TokenKeyFacts> = {}, target: Partial<typeof TARGET> = {}, subject?: string): string {
  return tokenKeys({ ...FACTS, ...facts })({ ...NOBODY, ...target }, subject);
}

const TARGET: { readonly audience: string | undefined; readonly resource: string | undefined } = NOBODY;

test.each(['y x', ' x  y ', 'x y x'])('the order of scopes makes no difference: %j', (scope) => {
  expect(key({ scope })).toBe(key());
});

test('the order of parameters makes no difference', () => {
  expect(key({ parameters: { a: '1', b: '2' } })).toBe(key({ parameters: { b: '2', a: '1' } }));
});

test('any other difference makes another key', () => {
  const keys = [
    key(),
    key({ issuer: 'https://other' }),
    key({ client: 'b' }),
    key({ grant: 'token-exchange' }),
    key({ scope: 'x' }),
    key({ scope: 'xy' }),
    key({ scope: undefined }),
    key({ parameters: { a: '1' } }),
    key({ parameters: { a: '2' } }),
    key({}, { audience: 'u' }),
    key({}, { resource: 'u' }),
    key({}, { audience: 'u', resource: 'u' }),
    key({}, { audience: 'null' }),
    key({}, { audience: 'u","u' }),
    key({}, {}, 'u'),
  ];

  expect(new Set(keys).size).toBe(keys.length);
});
