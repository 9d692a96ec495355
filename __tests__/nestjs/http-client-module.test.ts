import { Inject, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { HTTPClient, type HTTPClientOptions } from '../../src/index';
import {
  getHTTPClientToken,
  HTTPClientModule,
  InjectHTTPClient,
  type HTTPClientOptionsFactory,
} from '../../src/nestjs/index';
import { service } from '../support/service';
import { create, start } from './running-app';

@Injectable()
class Users {
  constructor(
    @InjectHTTPClient('users') readonly users: HTTPClient,
    @Inject(HTTPClient) readonly byClass: HTTPClient,
    @InjectHTTPClient() readonly byDefault: HTTPClient,
  ) {}
}

@Module({
  providers: [{ provide: 'BASE_URL', useValue: 'http://config-service' }],
  exports: ['BASE_URL'],
})
class ConfigModule {}

@Injectable()
class Factory implements HTTPClientOptionsFactory {
  async createHTTPClientOptions(): Promise<HTTPClientOptions> {
    return Promise.resolve({ baseURL: 'http://from-a-class' });
  }
}

@Module({ providers: [Factory], exports: [Factory] })
class FactoryModule {}

function baseURLOf(client: HTTPClient): unknown {
  return client.axios.defaults.baseURL;
}

test('a named client calls its service with its own options and those of all', async () => {
  const api = await service([{ json: { id: 1 } }]);
  const app = await create({
    imports: [
      HTTPClientModule.forRoot({ token: 'shared', headers: { 'X-Service': 'orders', 'X-Team': 'a' } }),
      HTTPClientModule.forFeature([{ name: 'users', baseURL: api.url, headers: { 'x-team': 'b' } }]),
    ],
    providers: [Users],
  });

  await expect(app.get(Users).users.getJson('/users/1')).resolves.toEqual({ id: 1 });

  expect(api.requests).toMatchObject([
    { url: '/users/1', token: 'shared', headers: { 'x-service': 'orders', 'x-team': 'b' } },
  ]);
});

test('the client of forRoot is injected by its class and by the decorator', async () => {
  const app = await create({
    imports: [HTTPClientModule.forRoot(), HTTPClientModule.forFeature([{ name: 'users' }])],
    providers: [Users],
  });

  const { byClass, byDefault, users } = app.get(Users);

  expect(byClass).toBeInstanceOf(HTTPClient);
  expect(byDefault).toBe(byClass);
  expect(users).not.toBe(byClass);
});

test.each([
  ['useFactory', { imports: [ConfigModule], inject: ['BASE_URL'], useFactory: (baseURL: string) => ({ baseURL }) }],
  ['useClass', { useClass: Factory }],
  ['useExisting', { imports: [FactoryModule], useExisting: Factory }],
])('the options of forRootAsync come by %s', async (way, options) => {
  const app = await create({ imports: [HTTPClientModule.forRootAsync(options)] });

  expect(baseURLOf(app.get(HTTPClient))).toBe(way === 'useFactory' ? 'http://config-service' : 'http://from-a-class');
});

test('the options of a named client may be made of what Nest injects', async () => {
  const users = {
    name: 'users',
    imports: [ConfigModule],
    inject: ['BASE_URL'],
    useFactory: async (baseURL: string) => Promise.resolve({ baseURL: `${baseURL}/users` }),
  };
  const app = await create({
    imports: [HTTPClientModule.forRoot(), HTTPClientModule.forFeatureAsync([users])],
    providers: [Users],
  });

  expect(baseURLOf(app.get(Users).users)).toBe('http://config-service/users');
});

test('two modules that import one and the same forFeature share its client', async () => {
  const feature = HTTPClientModule.forFeature([{ name: 'users' }]);

  @Module({ imports: [feature], providers: [{ provide: 'A', useExisting: getHTTPClientToken('users') }] })
  class A {}

  @Module({ imports: [feature], providers: [{ provide: 'B', useExisting: getHTTPClientToken('users') }] })
  class B {}

  const app = await create({ imports: [HTTPClientModule.forRoot(), A, B] });

  expect(app.get<HTTPClient>('A', { strict: false })).toBe(app.get('B', { strict: false }));
});

test('an application without a server has clients too', async () => {
  @Module({ imports: [HTTPClientModule.forRoot({ baseURL: 'http://user-service' })] })
  class JobModule {}

  const job = await NestFactory.createApplicationContext(JobModule, { logger: false, abortOnError: false });

  expect(baseURLOf(job.get(HTTPClient))).toBe('http://user-service');
  await job.close();
});

test('all clients are closed with the application', async () => {
  const api = await service([{ json: {} }]);
  const { app } = await start({
    imports: [
      HTTPClientModule.forRoot({ baseURL: api.url }),
      HTTPClientModule.forFeature([{ name: 'users', token: 'x' }]),
    ],
    providers: [Users],
  });
  const { users, byClass } = app.get(Users);
  await Promise.all([users.get('/'), byClass.get('/')]);
  expect(await api.connections()).toBe(2);

  await app.close();

  for (let turn = 0; turn < 1000 && (await api.connections()) > 0; turn++) await new Promise(setImmediate);
  expect(await api.connections()).toBe(0);
});

test('closing the application closes the token source', async () => {
  let closed = 0;
  const token = { getToken: () => 'x', close: () => closed++ };
  const app = await create({ imports: [HTTPClientModule.forRoot({ token })] });

  await app.init();
  await app.close();

  expect(closed).toBe(1);
});

test.each([
  ['register', 'forRoot(options)'],
  ['registerAsync', 'forRootAsync(options)'],
  ['forChild', 'forFeature(clients)'],
])('%s, as in other modules', (name, instead) => {
  expect(() => Reflect.get(HTTPClientModule, name) as unknown).toThrow(
    new TypeError(`There is no HTTPClientModule.${name}: use \`HTTPClientModule.${instead}\``),
  );
});
