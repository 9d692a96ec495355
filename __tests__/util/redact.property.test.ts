import fc from 'fast-check';
import { redactHeaders, redactURL } from '../../src/util/redact';
import { expectLinear } from '../support/linear';
import { RUNS } from '../support/runs';

test('what is cut out of an invalid URL is the first user and password in it', () => {
  const rest = fc.string({ unit: fc.constantFrom('a', '8', ':', '@', '/', '?', '#', '\\', ' '), maxLength: 12 });
  fc.assert(
    fc.property(rest, (text) => {
      const url = `http ://x${text}`;

      // The same in expressions, which take the square of the length.
      const within = /[^\\/?#:@\s]*:(?!\/\/)[^?#]*@/;
      const across = /(?<=^[^?#]*)[^\\/?#:@\s]*:(?!\/\/|\d{1,5}(?:[\\/?#]|$))[^]*@/;
      const [authority = ''] = url.split(/[?#]/);
      const plain = url.replace(!within.test(authority) && across.test(url) ? across : within, '');
      expect(redactURL(url)).toBe(plain.replace(/(?<=[?#].*)\/\/[^\\/?#]*@/g, '//'));
    }),
    { numRuns: RUNS },
  );
});

test.each([
  ['', ''],
  ['http://', ''],
  ['http ://x', ''],
  ['http://a.test/?', '='],
  ['http://a.test/#', '@'],
  ['http://a.test/?a=', '%25'],
  ['http://a.test/?a=', '//'],
  ['http://a.test/?a=//', ''],
  ['http ://x:', '#@'],
  ['user:', '\n'],
])('the time to print a URL grows with its length: %j … %j', (prefix, suffix) => {
  expectLinear(redactURL, prefix, suffix);
  expectLinear((text) => redactHeaders([[text, 'x']]), prefix, suffix);
});
