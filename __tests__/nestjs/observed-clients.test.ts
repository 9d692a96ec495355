import { channel } from 'node:diagnostics_channel';
import { Injectable, Module, type OnModuleInit } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { HTTPClient, observe } from '../../src/index';
import { getHTTPClientToken, HTTPClientHealth, HTTPClientModule, InjectHTTPClient } from '../../src/nestjs/index';
import { ClientRegistry } from '../../src/nestjs/client-registry';
import { observedClients } from '../../src/nestjs/observed-clients';
import { collect } from '../support/collect';
import { service } from '../support/service';
import { call, ONCE } from './client-scene';
import { create } from './running-app';

const callEnd = channel('@hdms/http-client:call:end');

test('two applications of one process do not see each other’s calls', async () => {
  const [north, south] = [await service([{ status: 500 }]), await service([{ status: 200 }])];
  const [one, other] = [
    await create({ imports: [HTTPClientModule.forRoot({ ...ONCE, baseURL: north.url })] }),
    await create({ imports: [HTTPClientModule.forRoot({ ...ONCE, baseURL: south.url })] }),
  ];

  await call(one.get(HTTPClient));
  await call(other.get(HTTPClient));
  await call(new HTTPClient({ ...ONCE, baseURL: north.url }));

  expect(one.get(HTTPClientHealth).check().default).toMatchObject({ status: 'down', lastOutcome: 500 });
  expect(other.get(HTTPClientHealth).check().default).toMatchObject({ status: 'up', lastOutcome: 200 });
  expect(other.get(HTTPClientHealth).origins()).toMatchObject([{ origin: south.url }]);
});

test('events name a client as the application does, and the default one by what its factory says', async () => {
  const api = await service([{}]);
  const app = await create({
    imports: [
      HTTPClientModule.forRootAsync({ useFactory: () => ({ ...ONCE, baseURL: api.url, name: 'root' }) }),
      HTTPClientModule.forFeature([{ name: 'users' }]),
    ],
  });
  const names: unknown[] = [];
  const stop = observe({ callEnd: ({ call: { client } }) => names.push(client) });

  await call(app.get(HTTPClient));
  await call(app.get(getHTTPClientToken('users'), { strict: false }));
  stop();

  expect(names).toEqual(['root', 'users']);
});

test('calls that are made while the application starts count', async () => {
  const api = await service([{ status: 500 }]);
  @Injectable()
  class Warming implements OnModuleInit {
    constructor(@InjectHTTPClient() private readonly client: HTTPClient) {}

    async onModuleInit(): Promise<void> {
      await call(this.client);
    }
  }
  const app = await create({
    imports: [HTTPClientModule.forRoot({ ...ONCE, baseURL: api.url })],
    providers: [Warming],
  });

  await app.init();

  expect(app.get(HTTPClientHealth).check().default).toMatchObject({ status: 'down', lastOutcome: 500 });
});

// The channels are the process's: a test file that ran before may still listen, until its garbage is collected.
test('nothing listens any more when the last application is closed', async () => {
  const wasHeard = callEnd.hasSubscribers;
  @Module({ imports: [HTTPClientModule.forRoot(), HTTPClientModule.forFeature([{ name: 'users' }])] })
  class AppModule {}
  const apps = [
    await NestFactory.create(AppModule, { logger: false }),
    await NestFactory.create(AppModule, { logger: false }),
  ];
  await Promise.all(apps.map(async (app) => app.init()));
  expect(observedClients.size).toBe(4);

  await apps[0]?.close();
  expect({ size: observedClients.size, isHeard: callEnd.hasSubscribers }).toEqual({ size: 2, isHeard: true });
  await apps[1]?.close();
  expect({ size: observedClients.size, isHeard: callEnd.hasSubscribers && !wasHeard }).toEqual({
    size: 0,
    isHeard: false,
  });
});

test('the clients of a thousand applications that nobody closed are forgotten', async () => {
  const wasHeard = callEnd.hasSubscribers;
  const openAll = (): void => {
    for (let count = 0; count < 1000; count++) new ClientRegistry({}).open('default', {});
  };
  openAll();
  expect(observedClients.size).toBe(1000);

  for (let rounds = 0; rounds < 100 && observedClients.size > 0; rounds++) {
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }

  expect({ size: observedClients.size, isHeard: callEnd.hasSubscribers && !wasHeard }).toEqual({
    size: 0,
    isHeard: false,
  });
});
