import 'reflect-metadata';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
import { Settings } from './settings';

async function main(): Promise<void> {
  const app = await NestFactory.create(AppModule, { logger: ['log', 'warn', 'error'] });
  // On SIGTERM, open requests are completed, and then the clients are closed.
  app.enableShutdownHooks();
  const server = (await app.listen(app.get(Settings).port)) as Server;
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

void main();
