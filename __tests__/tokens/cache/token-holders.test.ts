import { TokenHolders } from '../../../src/tokens/cache/token-holders';

test('a token leads to all who hold it, until they have another', () => {
  const holders = new TokenHolders<string>();

  holders.replace('a', undefined, 'token-1');
  holders.replace('b', undefined, 'token-1');
  holders.replace('c', undefined, 'token-2');
  expect(holders.of('token-1')).toEqual(['a', 'b']);

  holders.replace('a', 'token-1', 'token-2');
  expect(holders.of('token-1')).toEqual(['b']);
  expect(holders.of('token-2')).toEqual(['c', 'a']);

  holders.replace('b', 'token-1', undefined);
  expect(holders.of('token-1')).toEqual([]);
});

test('who gets the same token again holds it once', () => {
  const holders = new TokenHolders<string>();
  holders.replace('a', undefined, 'token-1');

  holders.replace('a', 'token-1', 'token-1');

  expect(holders.of('token-1')).toEqual(['a']);
});

test('20,000 users with one token are added and removed without a search through all of them', () => {
  const holders = new TokenHolders<number>();
  const timeOf = (tokenOf: (user: number) => string): number => {
    const start = process.cpuUsage();
    for (let user = 0; user < 20_000; user++) holders.replace(user, undefined, tokenOf(user));
    for (let user = 0; user < 20_000; user++) holders.replace(user, tokenOf(user), undefined);
    return process.cpuUsage(start).user / 1000;
  };
  const withOwnTokens = timeOf((user) => `token-${user}`);

  expect(timeOf(() => 'the same')).toBeLessThan(5 * Math.max(withOwnTokens, 50));
});
