import { bearerError } from '../../../src/tokens/attach/bearer-error';

test.each<[string, string | undefined]>([
  ['Bearer error="insufficient_scope"', 'insufficient_scope'],
  ['Bearer realm="x", error="insufficient_scope", scope="a b"', 'insufficient_scope'],
  ['bearer Error = INSUFFICIENT_SCOPE', 'insufficient_scope'],
  ['Bearer realm="x" error=invalid_token', 'invalid_token'],
  // Only the parameter counts, and not what another one says of it.
  ['Bearer error="invalid_token", error_description="not error=insufficient_scope"', 'invalid_token'],
  ['Bearer error_description="a \\", error=\\"insufficient_scope", error="invalid_token"', 'invalid_token'],
  ['Bearer error_description="error=insufficient_scope"', undefined],
  ['Bearer x-error="insufficient_scope"', undefined],
  // Several challenges.
  ['Basic realm="a, Bearer error=b", Bearer realm="x", error="invalid_token"', 'invalid_token'],
  ['Negotiate YIIabc/+==, Bearer error="invalid_token"', 'invalid_token'],
  ['Bearer realm="x", error="invalid_token", DPoP algs="ES256", error="insufficient_scope"', 'invalid_token'],
  ['Bearer, DPoP error="insufficient_scope"', undefined],
  // No challenge, and what is malformed.
  ['', undefined],
  ['Bearer', undefined],
  ['error="insufficient_scope"', undefined],
  ['Bearer error=', undefined],
  ['Bearer error_description="open, error=insufficient_scope', undefined],
])('of %j, the error is %j', (header, error) => {
  expect(bearerError(header)).toBe(error);
});

test.each(['a=" \\', 'bearer '.padEnd(100), 'a="\\"', 'error = '])('a header of many %j takes no time', (part) => {
  const started = performance.now();

  bearerError(`Bearer ${part.repeat(10_000)}`);

  expect(performance.now() - started).toBeLessThan(2000);
});
