import { ClientStats, SECONDS } from '../../src/inspector/client-stats';

test('counts the calls of each second by how they ended', () => {
  const stats = new ClientStats(1, 'users');

  stats.ended('ok', 0.1, 100_000);
  stats.ended('retried', 0.2, 100_999);
  stats.ended('failed', 0.3, 101_000);
  const { seconds, p95 } = stats.report(101_500);

  expect(seconds).toHaveLength(SECONDS);
  expect(seconds.slice(-3)).toEqual([
    [0, 0, 0],
    [1, 1, 0],
    [0, 0, 1],
  ]);
  expect(p95).toBe(0.3);
});

test('a second is forgotten after a minute, however long nothing happens', () => {
  const stats = new ClientStats(1, undefined);
  stats.ended('ok', 0.1, 100_000);

  expect(stats.report(159_000).seconds[0]).toEqual([1, 0, 0]);
  expect(
    stats
      .report(160_000)
      .seconds.flat()
      .some((count) => count > 0),
  ).toBe(false);
  stats.ended('ok', 0.1, 9_000_000);
  expect(
    stats
      .report(9_000_000)
      .seconds.flat()
      .reduce((sum, one) => sum + one, 0),
  ).toBe(1);
});

test('names the hosts that were called, the latest first, and not more than five', () => {
  const stats = new ClientStats(1, 'users');

  for (const host of ['a', 'b', 'c', 'd', 'e', 'f', 'b']) stats.calls(host);

  expect(stats.report(0).hosts).toEqual(['b', 'f', 'e', 'd', 'c']);
});

test('the expiry of a token is read once a second', () => {
  const stats = new ClientStats(1, undefined);
  const reads = [100, 600, 1099, 1100, 1101].map((now) => {
    stats.entered(now);
    return stats.mayReadToken();
  });

  expect(reads).toEqual([true, false, false, true, false]);
});
