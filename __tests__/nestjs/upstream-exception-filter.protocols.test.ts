import { ExternalContextCreator, APP_FILTER } from '@nestjs/core';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host';
import { EMPTY, lastValueFrom } from 'rxjs';
import { HTTPClient, runInContext, type RequestException } from '../../src/index';
import { UpstreamExceptionFilter } from '../../src/nestjs/index';
import { failure } from '../support/outcome';
import { service } from '../support/service';
import { create, Log } from './running-app';

const PROBLEM = { type: 'about:blank', title: 'Bad Gateway', status: 502, detail: 'An upstream service failed.' };

async function failed(): Promise<RequestException> {
  const api = await service([{ status: 500 }]);
  return failure(new HTTPClient({ retryAttempts: 0 }).get(`${api.url}/internal?x=1`));
}

/** What Nest makes of a resolver that is rejected, as `@nestjs/graphql` has it. */
async function resolve(error: RequestException, contextType: string, log: Log, atOnce = false): Promise<unknown> {
  const app = await create({ providers: [{ provide: APP_FILTER, useClass: UpstreamExceptionFilter }] }, log);
  await app.init();
  const resolver = {
    users: (): Promise<unknown> => {
      if (atOnce) throw error;
      return Promise.reject(error);
    },
  };
  const creator = app.get(ExternalContextCreator, { strict: false });
  const options = { guards: true, filters: true, interceptors: true };
  const run = creator.create(
    resolver,
    resolver.users,
    'users',
    'args',
    undefined,
    undefined,
    undefined,
    options,
    contextType,
  );
  return (run as () => Promise<unknown>)().catch((thrown: unknown) => thrown);
}

test('a GraphQL resolver fails with what HTTP callers get, and the failure goes to the log', async () => {
  const log = new Log();
  const error = await failed();

  const thrown = await runInContext({ requestId: 'edge-1' }, async () => resolve(error, 'graphql', log));

  expect(thrown).toMatchObject({
    message: 'An upstream service failed.',
    extensions: { code: 'BAD_GATEWAY', problem: { ...PROBLEM, requestId: 'edge-1' } },
    cause: error,
  });
  expect(JSON.stringify(thrown)).not.toMatch(/internal|127\.0\.0\.1/);
  // Apollo sends these while it debugs.
  const { stack } = thrown as Error;
  expect(JSON.stringify({ ...(thrown as object), stack })).not.toMatch(/\/internal\?|127\.0\.0\.1/);
  expect(log.errors).toEqual([
    [
      expect.stringMatching(/^GET http:.*\/internal\?x=1: responded with 500 .*, request edge-1$/),
      expect.stringMatching(/#1 .* 500 /),
      'UpstreamExceptionFilter',
    ],
  ]);
});

test('a resolver that throws at once fails in the same way', async () => {
  const thrown = await failed();

  expect(await resolve(thrown, 'graphql', new Log(), true)).toMatchObject({ message: 'An upstream service failed.' });
});

test('in a context of another kind, the exception stays what it is', async () => {
  const error = await failed();

  expect(await resolve(error, 'commands', new Log())).toBe(error);
});

function hostOf(type: string, ...args: unknown[]): ExecutionContextHost {
  const host = new ExecutionContextHost(args);
  host.setType(type);
  return host;
}

test('the caller of a message handler gets it in the form of Nest, as an error of the stream', async () => {
  const outcome = new UpstreamExceptionFilter().catch(await failed(), hostOf('rpc', {}));

  await expect(lastValueFrom(outcome ?? EMPTY)).rejects.toEqual({
    status: 'error',
    message: 'An upstream service failed.',
    problem: PROBLEM,
  });
});

test('the client of a gateway gets it as an event', async () => {
  const emit = jest.fn();

  expect(new UpstreamExceptionFilter().catch(await failed(), hostOf('ws', { emit }))).toBeUndefined();
  new UpstreamExceptionFilter().catch(await failed(), hostOf('ws', {}));

  expect(emit.mock.calls).toEqual([
    ['exception', { status: 'error', message: 'An upstream service failed.', problem: PROBLEM }],
  ]);
});

test('over a socket of `ws`, whose `emit` reaches nobody but this process, the event is sent', async () => {
  const [emit, send] = [jest.fn(), jest.fn()];
  const error = await failed();

  // Open, then closed.
  for (const readyState of [1, 3]) {
    new UpstreamExceptionFilter().catch(error, hostOf('ws', { readyState, emit, send }));
  }

  const data = { status: 'error', message: 'An upstream service failed.', problem: PROBLEM };
  expect(send.mock.calls).toEqual([[JSON.stringify({ event: 'exception', data })]]);
  expect(emit).not.toHaveBeenCalled();
});
