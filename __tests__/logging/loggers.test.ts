import { Writable } from 'node:stream';
import { Console } from 'node:console';
import { ConsoleLogger, Logger, type LoggerService } from '@nestjs/common';
import pinoLibrary from 'pino';
import * as winstonLibrary from 'winston';
import { HTTPClient } from '../../src/index';
import { logCalls } from '../../src/logging/index';
import { service } from '../support/service';
import { logging } from './lines';

/** Matchers are of the type any. */
const textLike = (part: RegExp | string): unknown =>
  typeof part === 'string' ? expect.stringContaining(part) : expect.stringMatching(part);

/** Keeps what is written to it. */
function sink(): { readonly stream: Writable; readonly lines: string[] } {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { stream, lines };
}

/** A call that fails, one that the caller is to blame for, one after a retry and one that succeeds. */
async function makeCalls(): Promise<void> {
  const api = await service([{ status: 500 }, { status: 404 }, { status: 503 }, { status: 200 }, { status: 200 }]);
  const client = new HTTPClient({ name: 'users', baseURL: api.url, retry: { base: 0.001 } });
  await client.get('/a', { retryAttempts: 0 }).catch(() => undefined);
  await client.get('/b').catch(() => undefined);
  await client.get('/c');
  await client.get('/d');
  client.close();
}

/** What is written to standard output and standard error meanwhile. */
async function written(work: () => Promise<void>): Promise<string[]> {
  const lines: string[] = [];
  const spies = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation((chunk) => {
      lines.push(String(chunk));
      return true;
    }),
  );
  try {
    await work();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return lines;
}

test('pino: the fields of each line, and its message', async () => {
  const { stream, lines } = sink();
  logging(logCalls.pino(pinoLibrary({ level: 'debug' }, stream)), { successes: true });

  await makeCalls();

  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { level: 50, client: 'users', code: 'SERVER_ERROR', 'http.response.status_code': 500, msg: textLike('/a: responded with 500') },
    { level: 40, code: 'CLIENT_ERROR', 'error.type': '404' },
    { level: 30, retries: 1, attempts: textLike(/^503 \d+ms, \+0\.\d+s, 200 \d+ms$/) },
    { level: 20, 'http.response.status_code': 200, msg: textLike(/\/d: 200 in 0(\.\d+)? s$/) },
  ]);
}); // prettier-ignore

test('winston: the same', async () => {
  const { stream, lines } = sink();
  const transports = [new winstonLibrary.transports.Stream({ stream })];
  logging(logCalls.winston(winstonLibrary.createLogger({ level: 'debug', transports })), { successes: true });

  await makeCalls();

  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { level: 'error', client: 'users', code: 'SERVER_ERROR', message: textLike('/a: responded with 500') },
    { level: 'warn', code: 'CLIENT_ERROR' },
    { level: 'info', retries: 1 },
    { level: 'debug', message: textLike(/\/d: 200 in 0(\.\d+)? s$/) },
  ]);
}); // prettier-ignore

test.each([
  winstonLibrary.format.json(),
  winstonLibrary.format.combine(winstonLibrary.format.splat(), winstonLibrary.format.json()),
])('winston: a `%` in the message takes none of the fields (%#)', async (format) => {
  const { stream, lines } = sink();
  const transports = [new winstonLibrary.transports.Stream({ stream })];
  logging(logCalls.winston(winstonLibrary.createLogger({ transports, format })));
  const api = await service([{ status: 500 }, { status: 500 }]);
  const client = new HTTPClient({ name: 'users', baseURL: api.url, retryAttempts: 0 });

  for (const path of ['/caf%c3%a9', '/%d0']) await client.get(path).catch(() => undefined);

  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { level: 'error', client: 'users', code: 'SERVER_ERROR', message: textLike('/caf%c3%a9: responded with 500') },
    { level: 'error', client: 'users', code: 'SERVER_ERROR', message: textLike('/%d0: responded with 500') },
  ]);
  client.close();
});

test.each<[string, winstonLibrary.config.AbstractConfigSetLevels, string[]]>([
  ['of syslog', winstonLibrary.config.syslog.levels, ['error', 'warning', 'info', 'debug']],
  ['of a service', { bad: 0, middling: 1, good: 2 }, ['bad', 'bad', 'good', 'good']],
  ['of another', { fault: 2, verbose: 5, err: 1 }, ['err', 'err', 'verbose', 'verbose']],
  ['with one', { all: 0 }, ['all', 'all', 'all', 'all']],
])('winston with the levels %s', async (_, levels, expected) => {
  const { stream, lines } = sink();
  const level = Object.entries(levels).sort(([, a], [, b]) => b - a)[0]?.[0] ?? '';
  const transports = [new winstonLibrary.transports.Stream({ stream })];
  logging(logCalls.winston(winstonLibrary.createLogger({ levels, level, transports })), { successes: true });

  await makeCalls();

  expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual(expected);
});

test('Nest with JSON: fields, also under the names of the exception filter', async () => {
  logging(logCalls.nest(new ConsoleLogger('HTTPClient', { json: true })), { successes: true });

  const lines = await written(makeCalls);

  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { level: 'error', context: 'HTTPClient', message: { client: 'users', code: 'SERVER_ERROR', status: 500, 'error.type': '500', message: textLike('/a: responded with 500') } },
    { level: 'warn', message: { code: 'CLIENT_ERROR', status: 404 } },
    { level: 'log', message: { retries: 1, status: 200 } },
    { level: 'debug', message: { status: 200 } },
  ]);
}); // prettier-ignore

test('Nest without JSON: a readable line', async () => {
  logging(logCalls.nest(new ConsoleLogger('HTTPClient', { colors: false })));

  const lines = await written(makeCalls);

  expect(lines).toEqual([
    expect.stringMatching(/^\[Nest\].* ERROR \[HTTPClient\] GET 127.*\/a: responded with 500 .* \(client: users\)\n$/),
    expect.stringMatching(/ WARN \[HTTPClient\] GET 127.*\/b: responded with 404 .* s \(client: users\)\n$/),
    expect.stringMatching(/ LOG \[HTTPClient\] GET .*\/c: 200 .*, after 1 retry \(client: users; attempts: 503 .*\)\n$/),
  ]);
}); // prettier-ignore

test('the Logger of Nest, whose logger has no method for debug', async () => {
  const lines: unknown[][] = [];
  const service: LoggerService = {
    log: (...line: unknown[]) => lines.push(line),
    warn: (...line: unknown[]) => lines.push(line),
    error: (...line: unknown[]) => lines.push(line),
  };
  Logger.overrideLogger(service);
  try {
    logging(logCalls.nest(new Logger('HTTPClient')), { successes: true });
    logging(logCalls.nest(service), { successes: true });
    await makeCalls();
  } finally {
    Logger.overrideLogger(new ConsoleLogger());
  }

  expect(lines.map((line) => line.slice(1))).toEqual([[undefined, 'HTTPClient'], [], ['HTTPClient'], [], ['HTTPClient'], []]); // prettier-ignore
  expect(String(lines[0]?.[0])).toMatch(/^GET .*\/a: responded with 500/);
});

test('the console: a readable line', async () => {
  const [out, err] = [sink(), sink()];
  logging(logCalls.console(new Console(out.stream, err.stream)), { successes: true });

  await makeCalls();

  expect([...err.lines, ...out.lines]).toEqual([
    expect.stringMatching(/^ERROR GET 127.*\/a: responded with 500 .* \(client: users\)\n$/),
    expect.stringMatching(/^WARN GET 127.*\/b: responded with 404 .* \(client: users\)\n$/),
    expect.stringMatching(/^INFO GET 127.*\/c: 200 in .*, after 1 retry \(client: users; attempts: 503 .*\)\n$/),
    expect.stringMatching(/^DEBUG GET 127.*\/d: 200 in .* \(client: users\)\n$/),
  ]);
});

test('the global console, as it is when a line is written', async () => {
  logging(logCalls.console());
  const spy = jest.spyOn(console, 'error').mockImplementation();
  const others = [jest.spyOn(console, 'warn').mockImplementation(), jest.spyOn(console, 'info').mockImplementation()];

  await makeCalls();

  expect(spy.mock.calls).toEqual([[expect.stringMatching(/^ERROR GET /)]]);
  for (const one of [spy, ...others]) one.mockRestore();
});

const wrap = logCalls as unknown as Record<string, (logger: unknown) => unknown>;

test.each<[string, unknown, string]>([
  ['pino', pinoLibrary, 'logCalls.pino() takes a pino logger, got a function without `debug`: call it, as in logCalls.pino(pino())'],
  ['pino', undefined, 'logCalls.pino() takes a pino logger, got undefined without `debug`'],
  ['winston', {}, 'logCalls.winston() takes a winston logger, got an object without `log`'],
  ['winston', new ConsoleLogger(), 'logCalls.winston() takes a logger that has `levels`'],
  ['nest', 'HTTPClient', 'logCalls.nest() takes a nest logger, got a string without `log`'],
  ['console', null, 'logCalls.console() takes a console, got null without `debug`'],
])('logCalls.%s(%p)', (kind, logger, message) => {
  expect(() => wrap[kind]?.(logger)).toThrow(new TypeError(message));
}); // prettier-ignore
