import 'reflect-metadata';
import { Module, type INestApplication, type LoggerService, type ModuleMetadata } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { NestRecord } from '../../src/logging/nest-record';

export interface RunningApp {
  readonly app: INestApplication;
  /** Origin, like http://127.0.0.1:40001. */
  readonly url: string;
}

const running = new Set<INestApplication>();

afterEach(async () => {
  for (const app of running) await app.close();
  running.clear();
});

/** A real Nest application on a free loopback port, closed after the test. */
export async function start(metadata: ModuleMetadata, logger: LoggerService | false = false): Promise<RunningApp> {
  const app = await create(metadata, logger);
  await app.listen(0, '127.0.0.1');
  return { app, url: await app.getUrl() };
}

/** The same before it listens. */
export async function create(
  metadata: ModuleMetadata,
  logger: LoggerService | false = false,
): Promise<INestApplication> {
  @Module(metadata)
  class AppModule {}

  const app = await NestFactory.create(AppModule, { logger, abortOnError: false });
  running.add(app);
  return app;
}

/** What is logged of a failure: a record that is text where text is written. */
function asText(message: unknown): unknown {
  return message instanceof NestRecord ? String(message) : message;
}

/** Keeps what Nest logs, as text. */
export class Log implements LoggerService {
  readonly errors: unknown[][] = [];
  readonly debugs: unknown[][] = [];
  readonly warnings: unknown[][] = [];

  log(): void {
    // What goes well is not looked at.
  }

  error(message: unknown, ...line: unknown[]): void {
    this.errors.push([asText(message), ...line]);
  }

  warn(message: unknown, ...line: unknown[]): void {
    this.warnings.push([asText(message), ...line]);
  }

  debug(message: unknown, ...line: unknown[]): void {
    this.debugs.push([asText(message), ...line]);
  }
}
