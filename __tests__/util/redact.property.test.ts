import fc from 'fast-check';
import { redactURL } from '../../src/util/redact';
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
