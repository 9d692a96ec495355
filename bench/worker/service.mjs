// What a process that serves requests has loaded besides its HTTP client.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const kept = [];

/**
 * Starts a Nest application that serves nobody, with the packages that most services have. With their heap, V8 collects
 * garbage as often as it does in a service: in a process with nothing but a client, the garbage collector slows down
 * the client with the least code.
 */
export async function loadService() {
  require('reflect-metadata');
  const { Module } = require('@nestjs/common');
  const { NestFactory } = require('@nestjs/core');
  for (const name of ['rxjs', 'pino', 'zod', 'class-transformer']) kept.push(require(name));
  class Application {}
  Module({})(Application);
  const application = await NestFactory.create(Application, { logger: false });
  kept.push(await application.init());
}
