import { ConsoleLogger, Controller, Get, Logger, type LoggerService } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import pino from 'pino';
import { createException } from '../../src/errors/create';
import { createClient, type HTTPClient } from '../../src/index';
import { logFailure } from '../../src/nestjs/failure-log';
import {
  getHTTPClientToken,
  HTTPClientModule,
  InjectHTTPClient,
  UpstreamExceptionFilter,
} from '../../src/nestjs/index';
import { service } from '../support/service';
import { start } from './running-app';

@Controller()
class OrdersController {
  constructor(@InjectHTTPClient() private readonly client: HTTPClient) {}

  @Get()
  async find(): Promise<unknown> {
    return this.client.getJson('/users/7');
  }
}

/** What a logger writes of a failure that the exception filter responds to. */
async function logged(logger: LoggerService): Promise<string[]> {
  const api = await service([{ status: 500 }]);
  const client = createClient({ name: 'users', baseURL: api.url, retryAttempts: 0 });
  const providers = [
    { provide: APP_FILTER, useClass: UpstreamExceptionFilter },
    { provide: getHTTPClientToken(), useValue: client },
  ];
  const { url } = await start({ imports: [HTTPClientModule.forRoot()], controllers: [OrdersController], providers }, logger);
  const lines: string[] = [];
  const spy = jest.spyOn(process.stderr, 'write').mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
  try {
    expect((await fetch(url, { headers: { 'X-Request-Id': 'edge-1' } })).status).toBe(502);
  } finally {
    spy.mockRestore();
  }
  return lines;
} // prettier-ignore

const FIELDS = {
  message: /^Responded with 502: GET http.*: responded with 500 .*, request edge-1$/,
  requestId: 'edge-1',
  client: 'users',
  code: 'SERVER_ERROR',
  status: 500,
};

function expectFields(given: Readonly<Record<string, unknown>>): void {
  const { message, ...fields } = FIELDS;
  expect(given).toMatchObject(fields);
  expect(given['message']).toMatch(message);
}

test('the JSON logger of Nest shows fields, and the journal as the stack', async () => {
  const lines = await logged(new ConsoleLogger({ json: true, logLevels: ['error'] }));

  const [line] = lines.map((one) => JSON.parse(one) as { message: Record<string, unknown>; stack: string });
  expectFields(line?.message ?? {});
  expect(line?.stack).toMatch(/#1 .* 500 /);
  expect(lines).toHaveLength(1);
});

test('so does a JSON logger that prints over several lines', async () => {
  const [line] = await logged(new ConsoleLogger({ json: true, compact: false, logLevels: ['error'] }));

  expect(line).toMatch(/^ {4}requestId: 'edge-1',$/m);
  expect(line).toMatch(/^ {4}code: 'SERVER_ERROR',$/m);
});

test('the plain logger of Nest shows the text as before, in red where there are colours', async () => {
  const [line, stack] = await logged(new ConsoleLogger({ colors: false, logLevels: ['error'] }));
  const [coloured] = await logged(new ConsoleLogger({ colors: true, logLevels: ['error'] }));

  expect(line).toMatch(/ ERROR \[UpstreamExceptionFilter\] Responded with 502: GET http.*, request edge-1\n$/);
  expect(stack).toMatch(/#1 .* 500 /);
  expect(coloured).toContain('\x1B[31mResponded with 502: GET http');
});

test('a logger of pino in the manner of nestjs-pino shows fields', async () => {
  const lines: string[] = [];
  const inner = pino({}, { write: (line: string) => lines.push(line) });
  const error = (message: object, ...rest: string[]): void => {
    inner.error(Object.assign({ context: rest.at(-1) }, message), ...(rest.slice(0, -1) as []));
  };

  await logged({ error, warn: () => undefined, log: () => undefined });

  expectFields(JSON.parse(lines[0] ?? '') as Record<string, unknown>);
});

test('a logger that was written for strings gets the text', async () => {
  const lines: string[] = [];
  const error = (message: string): void => {
    if (message.includes('Responded')) lines.push(message);
  };

  await logged({ error, warn: () => undefined, log: () => undefined });

  expect(lines).toEqual([expect.stringMatching(FIELDS.message)]);
});

test('without a context, the id is that which the call sent; a failure that is handed on has no stack', () => {
  const lines: unknown[][] = [];
  Logger.overrideLogger({ debug: (...line: unknown[]) => lines.push(line) } as never);
  try {
    const exception = Object.assign(createException('TIMEOUT'), { requestId: 'sent-1' });
    logFailure(new Logger('Test'), 'debug', 'too slow', exception, undefined);
  } finally {
    Logger.overrideLogger(new ConsoleLogger());
  }

  expect(JSON.parse(JSON.stringify(lines))).toEqual([[{ message: 'too slow', requestId: 'sent-1', code: 'TIMEOUT' }, 'Test']]);
}); // prettier-ignore
