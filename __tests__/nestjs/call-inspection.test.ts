import { once } from 'node:events';
import { channel } from 'node:diagnostics_channel';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConsoleLogger, Logger, type DynamicModule, type LoggerService } from '@nestjs/common';
import { HTTPClient } from '../../src/index';
import { HTTPClientModule } from '../../src/nestjs/index';
import { callsOf, open } from '../support/inspector';
import { service } from '../support/service';
import { start, type RunningApp } from './running-app';

/** Keeps what is logged as the HTTP client. */
class Lines implements LoggerService {
  readonly all: [level: string, message: string][] = [];

  log = this.#keep('log');
  warn = this.#keep('warn');
  error = this.#keep('error');

  #keep(level: string): (message: unknown, ...rest: unknown[]) => void {
    return (message, ...rest) => {
      if (rest.at(-1) === 'HTTPClient') this.all.push([level, String(message)]);
    };
  }
}

afterEach(() => {
  Logger.overrideLogger(new ConsoleLogger());
});

async function run(root: DynamicModule): Promise<RunningApp & { lines: Lines['all']; address: string }> {
  const lines = new Lines();
  const running = await start({ imports: [root] }, lines);
  const [, address = ''] = /^The calls of this process: (http:.*)$/.exec(lines.all[0]?.[1] ?? '') ?? [];
  return { ...running, lines: lines.all, address };
}

test.each([
  ['forRoot', () => HTTPClientModule.forRoot({ inspector: true })],
  ['forRootAsync', () => HTTPClientModule.forRootAsync({ useFactory: () => ({}), inspector: true })],
  ['forRoot with options', () => HTTPClientModule.forRoot({ inspector: { maxCalls: 10 } })],
])('%s: shows the calls of the application, from its start to its shutdown', async (_, root) => {
  const api = await service();
  const { app, address } = await run(root());

  await app.get(HTTPClient).get(`${api.url}/users`);
  const calls = await callsOf(address);
  await app.close();

  expect(calls).toMatchObject([{ url: `${api.url}/users`, status: 200 }]);
  await expect(open(address, '/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  expect(channel('@hdms/http-client:request:start').hasSubscribers).toBe(false);
});

test.each([[{}], [{ inspector: false }]])('%j: nothing is logged, and nothing listens', async (options) => {
  const { lines } = await run(HTTPClientModule.forRoot(options));

  expect(lines).toEqual([]);
  expect(channel('@hdms/http-client:request:start').hasSubscribers).toBe(false);
});

test('a port in use is a warning, and the application runs', async () => {
  const taken = http.createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const api = await service();

  const { app, lines } = await run(HTTPClientModule.forRoot({ inspector: { port } }));
  const response = await app.get(HTTPClient).get(api.url);
  taken.close();

  expect(response.status).toBe(200);
  expect(lines).toEqual([
    ['warn', `The inspector did not start: listen EADDRINUSE: address already in use 127.0.0.1:${port}`],
  ]);
});

test('two applications have an address each, which shows all calls of the process', async () => {
  const api = await service();
  const first = await run(HTTPClientModule.forRoot({ inspector: true }));
  const second = await run(HTTPClientModule.forRoot({ inspector: true }));
  await first.app.get(HTTPClient).get(`${api.url}/1`);
  await second.app.get(HTTPClient).get(`${api.url}/2`);

  await first.app.close();
  const calls = await callsOf(second.address);

  expect(first.address).not.toBe(second.address);
  expect(calls.map(({ url }) => url)).toEqual([`${api.url}/1`, `${api.url}/2`]);
});

test('an inspector belongs beside useFactory', async () => {
  const misplaced = HTTPClientModule.forRootAsync({ useFactory: () => ({ inspector: true }) as object });

  await expect(run(misplaced)).rejects.toThrow(
    'default: option `inspector` belongs to forRoot(), or beside the `useFactory` of forRootAsync()',
  );
});
