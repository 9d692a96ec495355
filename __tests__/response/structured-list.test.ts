import { parseStructuredList } from '../../src/response/structured-list';

test.each<[string, unknown]>([
  ['', []],
  ['"default"; r=5;t=1', [['default', { r: 5, t: 1 }]]],
  ['"a";  r=5', [['a', { r: 5 }]]],
  ['default;r=5, perhour ,\t"x"', [['default', { r: 5 }], ['perhour', {}], ['x', {}]]],
  ['"say \\"no\\" \\\\"', [['say "no" \\', {}]]],
  ['10;w=1, -2.5', [[10, { w: 1 }], [-2.5, {}]]],
  ['a;flag;pk=:cHVtcA==:;b=?0;at=@1700000000;name=%"f%c3%bc"', [
    ['a', { flag: '?1', pk: ':cHVtcA==:', b: '?0', at: '@1700000000', name: '%"f%c3%bc"' }],
  ]],
  ['*x/y:z;k-1.b*=t', [['*x/y:z', { 'k-1.b*': 't' }]]],
  ['a;r=1;r=2', [['a', { r: 2 }]]],
])('%j is a list', (text, items) => {
  expect(parseStructuredList(text)?.map(({ value, parameters }) => [value, { ...parameters }])).toEqual(items);
}); // prettier-ignore

test.each([
  ...['a,', ',a', 'a,,b', 'a b', 'a;', 'a;R=1', 'a;r=', 'a; r =1', 'a ;r=1', '"open', '"\\n"', '"é"', "'a'", '=1'],
  ...[
    '1.',
    '1.2345',
    '.5',
    '1234567890123456',
    '1.2.3',
    '--1',
    ':a',
    '?2',
    '%"%ZZ"',
    '(a b)',
    'limit=10, remaining=5',
    '\ta',
  ],
])('%j is malformed', (text) => {
  expect(parseStructuredList(text)).toBeUndefined();
});

test('names of parameters do not reach Object.prototype', () => {
  expect(Object.getPrototypeOf(parseStructuredList('a;r=1')?.[0]?.parameters)).toBeNull();
});

test('a long header takes linear time', () => {
  const text = `${'a;r=1,'.repeat(20_000)}"`;
  const start = process.hrtime.bigint();
  expect(parseStructuredList(text)).toBeUndefined();
  expect(Number(process.hrtime.bigint() - start) / 1e6).toBeLessThan(1_000);
});
