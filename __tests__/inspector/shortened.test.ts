import { shortened } from '../../src/inspector/shortened';

test('a text that is too long is cut, and its length told', () => {
  expect(shortened('short')).toBe('short');
  expect(shortened('x'.repeat(8192))).toHaveLength(8192);
  expect(shortened('x'.repeat(50_000))).toMatch(/^x{8192}… \(50000 characters\)$/);
});
