import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
import { Settings } from './settings';

async function main(): Promise<void> {
  const app = await NestFactory.create(AppModule, { logger: false });
  // At SIGTERM the requests under way are answered, and then the clients are closed.
  app.enableShutdownHooks();
  await app.listen(app.get(Settings).port, '127.0.0.1');
  console.log(`listening on ${await app.getUrl()}`);
}

void main();
