import type { ArgumentsHost } from '@nestjs/common';
import { APP_FILTER, ExternalContextCreator } from '@nestjs/core';
import { createException } from '../../src/errors/create';
import { UpstreamExceptionFilter } from '../../src/nestjs/index';
import { create, Log } from './running-app';

const EXCEPTION = createException('TIMEOUT', { sent: 'maybe', detail: 'too slow' });

/** What the parts of Nest that are not installed here give a filter. */
function host(type: string, client: object = {}): ArgumentsHost {
  return { getType: () => type, switchToWs: () => ({ getClient: () => client }) } as unknown as ArgumentsHost;
}

test('a failure in a message handler is left to Nest, which goes on where a filter returns nothing', () => {
  const filter = new UpstreamExceptionFilter();
  const left = jest.fn(filter.catch.bind(filter));

  left(EXCEPTION, host('rpc'));

  // What is thrown here instead, Nest 10 and 11 do not catch: it ends the process.
  expect(left.mock.results).toEqual([{ type: 'return', value: undefined }]);
});

test('a failure in a resolver comes to whoever called it, and is logged by Nest', async () => {
  const log = new Log();
  const app = await create({ providers: [{ provide: APP_FILTER, useClass: UpstreamExceptionFilter }] }, log);
  await app.init();
  const resolver = {
    find: (): never => {
      throw EXCEPTION;
    },
  };
  const creator = app.get(ExternalContextCreator);

  const find = creator.create(
    resolver,
    resolver.find,
    'find',
    '',
    undefined,
    undefined,
    undefined,
    undefined,
    'graphql',
  );

  await expect(find()).rejects.toBe(EXCEPTION);
  expect(log.errors).toHaveLength(1);
});

test('a failure in a gateway is told to its client as any other is, and logged', async () => {
  const log = new Log();
  await create({}, log);
  const emit = jest.fn();

  new UpstreamExceptionFilter().catch(EXCEPTION, host('ws', { emit }));

  expect(emit.mock.calls).toEqual([['exception', { status: 'error', message: 'Internal server error' }]]);
  expect(log.errors).toEqual([['too slow', expect.stringContaining('TIMEOUT'), 'UpstreamExceptionFilter']]);
});

test('a gateway whose clients cannot be told is none to fail by', () => {
  expect(() => {
    new UpstreamExceptionFilter().catch(EXCEPTION, host('ws'));
  }).not.toThrow();
});
