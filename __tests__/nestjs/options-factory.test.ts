import { Inject, Injectable, Module } from '@nestjs/common';
import { HTTPClient, type HTTPClientOptions } from '../../src/index';
import { HTTPClientModule } from '../../src/nestjs/index';
import { create } from './running-app';

/** The module as JavaScript sees it. */
const forRootAsync = HTTPClientModule.forRootAsync.bind(HTTPClientModule) as (options: object) => never;
const forFeatureAsync = HTTPClientModule.forFeatureAsync.bind(HTTPClientModule) as (clients: object[]) => never;

const none = (): object => ({});

class OfAxios {
  createHttpOptions(): object {
    return { timeout: 2 };
  }
}

class Empty {
  readonly address = '';
}

class Field {
  readonly createHTTPClientOptions = (): HTTPClientOptions => ({ timeout: 2 });
}

/** Why an application does not start. */
async function failureOf(root: object): Promise<unknown> {
  @Module({ providers: [OfAxios, Empty, Field], exports: [OfAxios, Empty, Field] })
  class SettingsModule {}

  return create({ imports: [forRootAsync({ imports: [SettingsModule], ...root })] }).then(
    () => undefined,
    (error: unknown) => error,
  );
}

const CIRCULAR = 'contains undefined, as happens if files import each other';

test.each<[object, string]>([
  [{ useFactory: Empty }, 'forRootAsync(): `useFactory` must be a function, got the class Empty: use `useClass`'],
  [{ useFactory: { timeout: 2 } }, 'forRootAsync(): `useFactory` must be a function, got an object, as in () => ({ … })'],
  [{ useFactory: Promise.resolve({}) }, 'forRootAsync(): `useFactory` must be a function, got an instance of Promise: use an async function'],
  [{ useFactory: none, inject: Empty }, 'forRootAsync(): `inject` must be a list, got a function'],
  [{ useFactory: none, inject: null }, 'forRootAsync(): `inject` must be a list, got null'],
  [{ useFactory: none, inject: [undefined] }, `forRootAsync(): \`inject\` ${CIRCULAR}`],
  [{ useFactory: none, imports: Empty }, 'forRootAsync(): `imports` must be a list, got a function'],
  [{ useFactory: none, imports: [undefined] }, `forRootAsync(): \`imports\` ${CIRCULAR}`],
  [{ useClass: none }, 'forRootAsync(): `useClass` must be a class, got a function'],
  [{ useClass: new Empty() }, 'forRootAsync(): `useClass` must be a class, got an instance of Empty'],
])('%p is refused at once', (options, message) => {
  expect(() => forRootAsync(options)).toThrow(new TypeError(message));
}); // prettier-ignore

test.each<[object, string]>([
  [{ useFactory: Empty }, 'users: `useFactory` must be a function, got the class Empty'],
  [{ useFactory: none, inject: 'Settings' }, 'users: `inject` must be a list, got a string'],
  [{ useFactory: none, imports: {} }, 'users: `imports` must be a list, got an object'],
])('so is %p for a named client', (options, message) => {
  expect(() => forFeatureAsync([{ name: 'users', ...options }])).toThrow(new TypeError(message));
});

test.each<[object, string]>([
  [{ useClass: OfAxios }, 'default: an instance of OfAxios has no method createHTTPClientOptions(): rename createHttpOptions()'],
  [{ useExisting: OfAxios }, 'default: an instance of OfAxios has no method createHTTPClientOptions(): rename createHttpOptions()'],
  [{ useClass: Empty }, 'default: an instance of Empty has no method createHTTPClientOptions()'],
  [{ useExisting: Empty }, 'default: an instance of Empty has no method createHTTPClientOptions()'],
])('%p stops the start', async (root, message) => {
  expect(await failureOf(root)).toEqual(new TypeError(message));
}); // prettier-ignore

test.each<[object]>([[{ useClass: Field }], [{ useExisting: Field }]])('a method in a field is found: %p', async (root) => {
  expect(await failureOf(root)).toBeUndefined();
}); // prettier-ignore

test('a class for useClass may inject what the imports export', async () => {
  @Injectable()
  class Settings {
    readonly timeout = 2.5;
  }
  @Module({ providers: [Settings], exports: [Settings] })
  class SettingsModule {}
  @Injectable()
  class Options {
    constructor(@Inject(Settings) private readonly settings: Settings) {}

    async createHTTPClientOptions(): Promise<HTTPClientOptions> {
      return Promise.resolve({ token: null, timeout: this.settings.timeout });
    }
  }

  const app = await create({ imports: [HTTPClientModule.forRootAsync({ imports: [SettingsModule], useClass: Options })] });

  expect(app.get(HTTPClient).axios.defaults.timeout).toBe(2500);
}); // prettier-ignore

test('a factory that takes more than is injected says so when it fails, with the name of the client', async () => {
  const useFactory = ({ timeout }: { timeout: number }): object => ({ timeout });
  const taken = /: `inject` lists 0 of the 1 arguments of useFactory: Cannot destructure property 'timeout'/;

  expect(await failureOf({ useFactory })).toMatchObject({ message: expect.stringMatching(taken) as string });
  const feature = forFeatureAsync([{ name: 'users', useFactory }]);
  const failure: unknown = await create({ imports: [HTTPClientModule.forRoot({ token: null }), feature] }).catch((error: unknown) => error);
  expect(failure).toMatchObject({ message: expect.stringMatching(/^users: `inject` lists 0/) as string });
}); // prettier-ignore

test('an argument that a factory can do without is no failure', async () => {
  const useFactory = (overrides?: object): object => ({ token: null, ...overrides });

  expect(await failureOf({ useFactory })).toBeUndefined();
});
