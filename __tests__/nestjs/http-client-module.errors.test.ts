import { Injectable, type DynamicModule } from '@nestjs/common';
import { REQUEST } from '@nestjs/core';
import { HTTPClient } from '../../src/index';
import { getHTTPClientToken, HTTPClientModule, InjectHTTPClient } from '../../src/nestjs/index';
import { create, start } from './running-app';

/** Why an application does not start; empty if it does. */
async function failureOf(...imports: DynamicModule[]): Promise<string> {
  return create({ imports }).then(
    () => '',
    (error: unknown) => (error as Error).message,
  );
}

test.each([[''], ['user service'], [null], [7]])('%p is no name of a client', (name) => {
  const expectation = /^The name of an HTTP client must consist of letters, digits, `_`, `-` and `.`, got/;

  expect(() => getHTTPClientToken(name as string)).toThrow(expectation);
  expect(() => InjectHTTPClient(name as string)).toThrow(expectation);
  expect(() => HTTPClientModule.forFeature([{ name: name as string }])).toThrow(expectation);
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

test('two clients of the same name stop the start', async () => {
  const failure = await failureOf(
    HTTPClientModule.forRoot(),
    HTTPClientModule.forFeature([{ name: 'users' }]),
    HTTPClientModule.forFeature([{ name: 'users' }]),
  );

  expect(failure).toBe(
    "There are two HTTP clients named 'users': import the same forFeature(…) wherever the client is injected, or rename one of them",
  );
});

test.each([
  ['is missing', []],
  ['is not for all modules', [HTTPClientModule.forRoot({ isGlobal: false })]],
])('a named client says so where forRoot %s', async (_, roots) => {
  const failure = await failureOf(...roots, HTTPClientModule.forFeature([{ name: 'users' }]));

  expect(failure).toContain("'users' needs a global HTTPClientModule.forRoot()");
});

test('forRoot belongs into an application once', async () => {
  const failure = await failureOf(HTTPClientModule.forRoot(), HTTPClientModule.forRoot({ timeout: 1 }));

  expect(failure).toContain('is in the application twice: import it once, in the root module');
});

test('modules of their own may each have a client that is not for all', async () => {
  const failure = await failureOf(
    HTTPClientModule.forRoot({ isGlobal: false, timeout: 1 }),
    HTTPClientModule.forRoot({ isGlobal: false, timeout: 2 }),
  );

  expect(failure).toBe('');
});

test.each([
  ['a client', { timeout: 5000 }, 'Did you mean 5?'],
  ['a client', { plugins: 'none' }, 'A plugin must be'],
  ['a client', { token: 'two words' }, 'Option `token`'],
  ['the context', { context: { forwards: [] } }, 'Did you mean `forward`?'],
])('a wrong option of %s stops the start: %j', async (_, options, message) => {
  const failure = await failureOf(HTTPClientModule.forRoot(options as object));

  expect(failure).toContain(message);
});

test.each<[string, DynamicModule[]]>([
  [
    "'default' would be created for each request, because the options of forRootAsync() depend",
    [HTTPClientModule.forRootAsync({ inject: [REQUEST], useFactory: () => ({}) })],
  ],
  [
    "'tenant' would be created for each request, because the options of forFeatureAsync() depend",
    [
      HTTPClientModule.forRoot(),
      HTTPClientModule.forFeatureAsync([{ name: 'tenant', inject: [REQUEST], useFactory: () => ({}) }]),
    ],
  ],
])('the start stops where the client %s', async (message, imports) => {
  await expect(start({ imports })).rejects.toThrow(message);
});

test('a client that nobody made is missed by its name', async () => {
  @Injectable()
  class Orders {
    constructor(@InjectHTTPClient('user') readonly users: HTTPClient) {}
  }
  const app = create({
    imports: [HTTPClientModule.forRoot(), HTTPClientModule.forFeature([{ name: 'users' }])],
    providers: [Orders],
  });

  await expect(app).rejects.toThrow('HTTPClient:user');
});
