import type { DynamicModule } from '@nestjs/common';
import { HTTPClientModule } from '../../src/nestjs/index';
import { create } from './running-app';

/** Why an application does not start; empty if it does. */
async function failureOf(...imports: DynamicModule[]): Promise<string> {
  return create({ imports }).then(
    () => '',
    (error: unknown) => (error as Error).message,
  );
}

test('forRoot belongs into an application once', async () => {
  const failure = await failureOf(HTTPClientModule.forRoot(), HTTPClientModule.forRoot({ timeout: 1 }));

  expect(failure).toContain('is in the application twice: import it once, in the root module');
});

test.each([
  ['a client', { timeout: 5000 }, 'Did you mean 5?'],
  ['a client', { plugins: 'none' }, 'default: option `plugins` must be a list of plugins, got a string'],
  ['a client', { token: 'two words' }, 'default: option `token`'],
  ['the context', { context: { forwards: [] } }, 'Did you mean `forward`?'],
  ['the context', { context: null }, 'context: options must be an object, got null'],
])('a wrong option of %s stops the start: %j', async (_, options, message) => {
  const failure = await failureOf(HTTPClientModule.forRoot(options as object));

  expect(failure).toContain(message);
});

test('the module without forRoot stops the start', async () => {
  const failure = await failureOf({ module: HTTPClientModule });

  expect(failure).toBe('HTTPClientModule is imported without its options: import HTTPClientModule.forRoot(options)');
});
