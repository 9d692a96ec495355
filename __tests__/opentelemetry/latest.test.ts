import { Latest } from '../../src/opentelemetry/latest';

const A = { server: 'a' };

test('has the last number of each key', () => {
  const latest = new Latest();
  latest.set('1', 5, A);
  latest.set('1', 3, A);

  expect(latest.samples(Math.max)).toEqual([{ value: 3, attributes: A }]);
});

test('combines keys with the same attributes', () => {
  const latest = new Latest();
  latest.set('1', 5, A);
  latest.set('2', 3, { ...A });
  latest.set('3', 1, { server: 'b' });

  expect(latest.samples(Math.min)).toEqual([
    { value: 3, attributes: A },
    { value: 1, attributes: { server: 'b' } },
  ]);
});

test('the one that was set longest ago makes room', () => {
  const latest = new Latest();
  for (let key = 0; key < 1000; key++) latest.set(String(key), key, { key });
  latest.set('0', 0, { key: 0 });

  latest.set('new', 1000, { key: 1000 });

  const kept = latest.samples(Math.max).map(({ value }) => value);
  expect(kept).toHaveLength(1000);
  expect(kept).toContain(0);
  expect(kept).not.toContain(1);
});
