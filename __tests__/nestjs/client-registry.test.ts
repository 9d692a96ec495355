import { type DynamicModule, Injectable } from '@nestjs/common';
import { type HTTPClient } from '../../src/index';
import { HTTPClientModule, InjectHTTPClient } from '../../src/nestjs/index';
import { create } from './running-app';

/** Why an application does not start; empty if it does. */
async function failureOf(...imports: DynamicModule[]): Promise<string> {
  return create({ imports }).then(
    () => '',
    (error: unknown) => (error as Error).message,
  );
}

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

test('modules of their own may each have a client that is not for all', async () => {
  const failure = await failureOf(
    HTTPClientModule.forRoot({ isGlobal: false, timeout: 1 }),
    HTTPClientModule.forRoot({ isGlobal: false, timeout: 2 }),
  );

  expect(failure).toBe('');
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

  await expect(app).rejects.toThrow("Orders injects the HTTP client 'user', which no forFeature() provides.");
});
