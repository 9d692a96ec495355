import { HTTPClient, observe, type HTTPClientOptions } from '../../src/index';
import { getHTTPClientToken, HTTPClientModule } from '../../src/nestjs/index';
import { service } from '../support/service';
import { create } from './running-app';

/** What messages call the default client and those of `names`. */
async function namesOf(imports: object[], ...names: string[]): Promise<(string | undefined)[]> {
  const api = await service();
  const app = await create({ imports: imports as never });
  const seen: (string | undefined)[] = [];
  const stop = observe({
    callEnd: ({ call }) => {
      seen.push(call.client);
    },
  });
  for (const token of [HTTPClient, ...names.map((name) => getHTTPClientToken(name))]) {
    await app.get<HTTPClient>(token, { strict: false }).get(api.url);
  }
  stop();
  return seen;
}

const feature = (name: string, options: () => HTTPClientOptions): object =>
  HTTPClientModule.forFeatureAsync([{ name, useFactory: options }]);

test('a named client has its name in messages; the default client has none', async () => {
  const imports = [
    HTTPClientModule.forRoot({ token: null }),
    HTTPClientModule.forFeature([{ name: 'users' }]),
    feature('tickets', () => ({ timeout: 2 })),
  ];

  expect(await namesOf(imports, 'users', 'tickets')).toEqual([undefined, 'users', 'tickets']);
});

test.each([
  ['forRoot', HTTPClientModule.forRoot({ token: null, name: 'orders' })],
  ['a factory', HTTPClientModule.forRootAsync({ useFactory: () => ({ token: null, name: 'orders' }) })],
])('a name in %s is that of the default client, and not inherited', async (_, root) => {
  const imports = [root, HTTPClientModule.forFeature([{ name: 'users' }])];

  expect(await namesOf(imports, 'users')).toEqual(['orders', 'users']);
});

test('the options of a factory may have another name', async () => {
  const imports = [
    HTTPClientModule.forRoot({ token: null, name: 'orders' }),
    feature('users', () => ({ name: 'user-service' })),
    feature('tickets', () => ({ name: undefined })),
  ];

  expect(await namesOf(imports, 'users', 'tickets')).toEqual(['orders', 'user-service', 'tickets']);
});

test.each<[object[], string]>([
  [[HTTPClientModule.forRoot({ name: '' })], '^default: option `name` must be a non-empty string, got an empty string'],
  [
    [HTTPClientModule.forRoot(), feature('users', () => ({ name: 7 }) as never)],
    '^users: option `name` must be a non-empty string, got a number',
  ],
  [[HTTPClientModule.forRoot({ name: 'main', timeout: -1 })], '^main: option `timeout`'],
  [
    [HTTPClientModule.forRoot(), feature('users', () => ({ name: 'user-service', timeout: -1 }))],
    '^user-service: option `timeout`',
  ],
])('case %#: a wrong option stops the start', async (imports, message) => {
  await expect(create({ imports: imports as never })).rejects.toThrow(new RegExp(message));
});
