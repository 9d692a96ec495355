import { ConsoleLogger, Controller, Get, Logger, type DynamicModule, type LoggerService } from '@nestjs/common';
import { HTTPClient, isHTTPError } from '../../src/index';
import { HTTPClientModule } from '../../src/nestjs/index';
import { NestRecord } from '../../src/logging/nest-record';
import { service } from '../support/service';
import { start, type RunningApp } from './running-app';

/** Keeps the lines of calls. */
class Lines implements LoggerService {
  readonly calls: [level: string, status: unknown][] = [];

  log = this.#keep('log');
  warn = this.#keep('warn');
  error = this.#keep('error');
  debug = this.#keep('debug');

  #keep(level: string): (message: unknown, ...rest: unknown[]) => void {
    return (message, ...rest) => {
      if (!(message instanceof NestRecord)) return;
      expect(rest.at(-1)).toBe('HTTPClient');
      const { status } = message as unknown as { status?: unknown };
      this.calls.push([level, status]);
    };
  }
}

@Controller()
class PingController {
  @Get()
  ping(): string {
    return 'pong';
  }
}

async function run(root: DynamicModule, lines: Lines): Promise<RunningApp> {
  return start({ imports: [root], controllers: [PingController] }, lines);
}

afterEach(() => {
  Logger.overrideLogger(new ConsoleLogger());
});

async function call(client: HTTPClient, url: string): Promise<void> {
  await client.get(url).catch((error: unknown) => {
    expect(isHTTPError(error)).toBe(true);
  });
}

test('logs the calls of the clients of the application, from its start to its shutdown', async () => {
  const api = await service([{ status: 503 }, { status: 200 }, { status: 404 }, { status: 200 }, { status: 404 }]);
  const lines = new Lines();
  const { app } = await run(HTTPClientModule.forRoot({ retry: { base: 0.001 }, logCalls: true }), lines);
  const client = app.get(HTTPClient);

  await call(client, api.url);
  await call(client, api.url);
  await call(client, api.url);
  await app.close();
  await call(client, api.url);

  expect(lines.calls).toEqual([
    ['log', 200],
    ['warn', 404],
  ]);
});

test.each([
  ['forRoot', () => HTTPClientModule.forRoot({ logCalls: { successes: true, levels: { callerFault: false } } })],
  ['forRootAsync', () => HTTPClientModule.forRootAsync({ useFactory: () => ({}), logCalls: { successes: true, levels: { callerFault: false } } })],
])('takes the options of logCalls in %s', async (_, root) => {
  const api = await service([{ status: 200 }, { status: 404 }]);
  const lines = new Lines();
  const { app } = await run(root(), lines);

  await call(app.get(HTTPClient), api.url);
  await call(app.get(HTTPClient), api.url);

  expect(lines.calls).toEqual([['debug', 200]]);
}); // prettier-ignore

test.each([[{}], [{ logCalls: false }]])('%j: nothing is logged', async (options) => {
  const api = await service([{ status: 404 }]);
  const lines = new Lines();
  const { app } = await run(HTTPClientModule.forRoot({ token: null, ...options }), lines);

  await call(app.get(HTTPClient), api.url);

  expect(lines.calls).toEqual([]);
});

test('of two applications in a process, each logs the calls of its own clients', async () => {
  const api = await service([{ status: 404 }]);
  const lines = new Lines();
  // Nest has one logger for a process: what tells the lines apart is their level.
  const first = await run(HTTPClientModule.forRoot({ logCalls: { levels: { callerFault: 'info' } } }), lines);
  const second = await run(HTTPClientModule.forRoot({ logCalls: { levels: { callerFault: 'error' } } }), lines);
  const silent = await run(HTTPClientModule.forRoot(), lines);

  for (const { app } of [first, second, silent]) await call(app.get(HTTPClient), api.url);

  expect(lines.calls.map(([level]) => level)).toEqual(['log', 'error']);
});

test('a client that no module has made is logged once, by the first application', async () => {
  const api = await service([{ status: 404 }]);
  const lines = new Lines();
  const byHand = new HTTPClient();
  const first = await run(HTTPClientModule.forRoot({ logCalls: { levels: { callerFault: 'info' } } }), lines);
  await run(HTTPClientModule.forRoot({ logCalls: true }), lines);

  await call(byHand, api.url);
  await first.app.close();
  await call(byHand, api.url);

  expect(lines.calls.map(([level]) => level)).toEqual(['log', 'warn']);
  byHand.close();
});

test('what is counted is told at the shutdown, and logCalls belongs beside useFactory', async () => {
  const api = await service([{ status: 404 }]);
  const lines = new Lines();
  const { app } = await run(HTTPClientModule.forRoot({ logCalls: { perSecond: 1 } }), lines);
  for (let i = 0; i < 3; i++) await call(app.get(HTTPClient), api.url);

  await app.close();

  expect(lines.calls).toEqual([
    ['warn', 404],
    ['warn', undefined],
  ]);
  const misplaced = HTTPClientModule.forRootAsync({ useFactory: () => ({ logCalls: true }) as object });
  await expect(run(misplaced, lines)).rejects.toThrow(
    'default: option `logCalls` belongs to forRoot(), or beside the `useFactory` of forRootAsync()',
  );
});
