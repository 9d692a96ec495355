import type { DynamicModule } from '@nestjs/common';
import { HTTPClient } from '../../src/index';
import { getHTTPClientToken, HTTPClientModule, InjectHTTPClient } from '../../src/nestjs/index';
import { create } from './running-app';

/** Why an application does not start; empty if it does. */
async function failureOf(...imports: DynamicModule[]): Promise<string> {
  return create({ imports }).then(
    () => '',
    (error: unknown) => (error as Error).message,
  );
}

test.each([[''], ['user service'], [null], [7], [Symbol('users')], [{}], ['http://ada:s3cret@users']])(
  '%p is no name of a client',
  (name) => {
    const expectation =
      /^The name of an HTTP client must consist of letters, digits, `_`, `-` and `.`, got (?!.*s3cret)/;

    expect(() => getHTTPClientToken(name as string)).toThrow(expectation);
    expect(() => InjectHTTPClient(name as string)).toThrow(expectation);
    expect(() => HTTPClientModule.forFeature([{ name: name as string }])).toThrow(expectation);
  },
);

test('a name that is undefined, as a constant in a circular import, does not inject the default client', () => {
  expect(() => InjectHTTPClient(undefined)).toThrow(
    'got undefined: the default client is injected with @InjectHTTPClient()',
  );
});

test('the name of the client of forRoot is taken', () => {
  expect(getHTTPClientToken('default')).toBe(HTTPClient);
  expect(() => HTTPClientModule.forFeature([{ name: 'default' }])).toThrow(
    "'default' is the HTTP client of forRoot(), not of forFeature()",
  );
});

test('a list with the same name twice is refused at once', () => {
  expect(() => HTTPClientModule.forFeature([{ name: 'users' }, { name: 'users' }])).toThrow(
    "There are two HTTP clients named 'users'",
  );
});

test.each([
  ['is missing', []],
  ['is not for all modules', [HTTPClientModule.forRoot({ isGlobal: false })]],
])('a named client says so where forRoot %s', async (_, roots) => {
  const failure = await failureOf(...roots, HTTPClientModule.forFeature([{ name: 'users' }]));

  expect(failure).toContain("'users' needs a global HTTPClientModule.forRoot()");
});
