import fc from 'fast-check';
import { redactHeaders, redactURL } from '../../src/util/redact';
import { expectLinear } from '../support/linear';
import { RUNS } from '../support/runs';

test('what is cut out of an invalid URL is the first user and password in it', () => {
  const rest = fc.string({ unit: fc.constantFrom('a', 'b', ':', '@', '/', '?', '#', '\\', ' '), maxLength: 12 });
  fc.assert(
    fc.property(rest, (text) => {
      const url = `http ://x${text}`;

      // The same in one expression, which takes the square of the length.
      expect(redactURL(url)).toBe(url.replace(/[^\\/?#:@\s]*:(?!\/\/)[^?#]*@/, ''));
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
  ['user:', '\n'],
])('the time to print a URL grows with its length: %j … %j', (prefix, suffix) => {
  expectLinear(redactURL, prefix, suffix);
  expectLinear((text) => redactHeaders([[text, 'x']]), prefix, suffix);
});
