import {
  boundBaggage,
  boundTracestate,
  formatTraceparent,
  forwardedTraceparent,
  parseTraceparent,
} from '../../src/context/traceparent';

const ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';

test.each([
  [`00-${ID}-${PARENT}-01`, '01'],
  [`00-${ID}-${PARENT}-00`, '00'],
  [`00-${ID}-${PARENT}-03`, '03'],
  // Flags that are not known yet are not passed on.
  [`00-${ID}-${PARENT}-ff`, '03'],
  [`cc-${ID}-${PARENT}-03`, '01'],
  [`cc-${ID}-${PARENT}-01-what-the-future-brings`, '01'],
  [`01-${ID}-${PARENT}-00`, '00'],
])('%s is a traceparent with flags %s', (text, flags) => {
  expect(parseTraceparent(text)).toEqual({ id: ID, parentId: PARENT, flags });
});

test.each([
  ['nothing', undefined],
  ['an empty one', ''],
  ['version ff', `ff-${ID}-${PARENT}-01`],
  ['a trace id of zeros', `00-${'0'.repeat(32)}-${PARENT}-01`],
  ['a parent id of zeros', `00-${ID}-${'0'.repeat(16)}-01`],
  ['more than version 00 has', `00-${ID}-${PARENT}-01-x`],
  ['a tail that is not set off', `cc-${ID}-${PARENT}-01x`],
  ['capitals', `00-${ID.toUpperCase()}-${PARENT}-01`],
  ['a short trace id', `00-${ID.slice(1)}-${PARENT}-01`],
  ['a short parent id', `00-${ID}-${PARENT.slice(1)}-01`],
  ['a short version', `0-${ID}-${PARENT}-01`],
  ['no flags', `00-${ID}-${PARENT}`],
  ['two of them', `00-${ID}-${PARENT}-01, 00-${ID}-${PARENT}-01`],
  ['blanks around it', ` 00-${ID}-${PARENT}-01`],
  ['a line feed at its end', `00-${ID}-${PARENT}-01\n`],
])('a traceparent is refused that is %s', (_, text) => {
  expect(parseTraceparent(text)).toBeUndefined();
  expect(forwardedTraceparent(text)).toBeUndefined();
});

test.each([
  [`00-${ID}-${PARENT}-01`, `00-${ID}-${PARENT}-01`],
  [`00-${ID}-${PARENT}-00`, `00-${ID}-${PARENT}-00`],
  [`cc-${ID}-${PARENT}-03-what-the-future-brings`, `00-${ID}-${PARENT}-01`],
])('%s goes on with its parent id, in version 00', (text, expected) => {
  const trace = parseTraceparent(text);

  expect(trace && formatTraceparent(trace)).toBe(expected);
  expect(forwardedTraceparent(text)).toBe(expected);
});

test.each([
  ['vendor=1', 'vendor=1'],
  ['a=1, b=2 ,\tc=3', 'a=1,b=2,c=3'],
  ['a=1,,b=2,', 'a=1,b=2'],
  [undefined, undefined],
  ['', undefined],
  [' , ', undefined],
  ['a=\u00fc', undefined],
  ['a=1\r\nX-Admin: yes', undefined],
])('of the list %j there goes on %j', (text, expected) => {
  expect(boundTracestate(text)).toBe(expected);
  expect(boundBaggage(text)).toBe(expected);
});

test('a tracestate is cut at 32 members, and a baggage at 64', () => {
  const list = Array.from({ length: 100 }, (_, n) => `k${n}=1`);

  expect(boundTracestate(list.join(','))?.split(',')).toEqual(list.slice(0, 32));
  expect(boundBaggage(list.join(','))?.split(',')).toEqual(list.slice(0, 64));
});

const KEY = 'k'.repeat(256);
const VALUE = 'v'.repeat(256);

test.each([
  ['one member of the longest key and value', `${KEY}=${VALUE}`],
  ['such a member after another', `foo=1,${KEY}=${VALUE}`],
  ['such a member before another', `${KEY}=${VALUE},foo=1`],
  [
    'more than the 512 characters that everybody forwards',
    Array.from({ length: 10 }, (_, n) => `k${n}=${'x'.repeat(97)}`).join(','),
  ],
  ['8192 characters', fill(8192)],
])('a tracestate of %s goes on whole', (_, text) => {
  expect(boundTracestate(text)).toBe(text);
});

test('of a longer tracestate, the first members above 128 characters are left out until it fits', () => {
  const short = 'a='.padEnd(128, 'x');
  const long = fill(8192);

  expect(boundTracestate(`${short},${long}`)).toBe([short, ...long.split(',').slice(1)].join(','));
});

/** A tracestate of 16 members above 128 characters. */
function fill(length: number): string {
  const members = Array.from({ length: 15 }, (_, n) => `k${n}=`.padEnd(512, 'x')).join(',');
  return `${members},${'last='.padEnd(length - members.length - 1, 'x')}`;
}

test('a baggage is cut at 8192 characters, between two members', () => {
  const member = 'k='.padEnd(4000, 'x');

  expect(boundBaggage([member, member, member].join(','))).toBe([member, member].join(','));
});

test('a baggage of one member may have 8192 characters', () => {
  const member = 'k='.padEnd(8192, 'x');

  expect(boundBaggage(member)).toBe(member);
});

test('a member that is too long by itself is left out, and those after it stay', () => {
  expect(boundTracestate(`a=1,${'b='.padEnd(514, 'x')},c=3`)).toBe('a=1,c=3');
  expect(boundBaggage(`a=1,${'b='.padEnd(8193, 'x')},c=3`)).toBe('a=1,c=3');
});
