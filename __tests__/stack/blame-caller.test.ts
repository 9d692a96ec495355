import { HTTPClient } from '../../src/index';
import type * as client from '../../src/index';
import { mockClient, MockClient } from '../../src/testing/index';
import { UpstreamExceptionFilter } from '../../src/nestjs/index';
import { blameCaller, methodsOf, startAtCaller } from '../../src/stack/blame-caller';

// By `require`, so that they come through the entry points, as in an application.
const index = jest.requireActual<typeof client>('../../src/index');
const nestjs =
  jest.requireActual<Record<string, Record<string, (...given: unknown[]) => unknown>>>('../../src/nestjs/index');
const express = jest.requireActual<Record<string, (...given: unknown[]) => unknown>>('../../src/express/index');
const undici = jest.requireActual<Record<string, (...given: unknown[]) => unknown>>('../../src/transports/undici');

const WRONG = { wrong: 1 } as never;

class Users extends HTTPClient {
  load(): Promise<unknown> {
    return this.post('http://users', WRONG);
  }
}

const errorOf = async (run: () => unknown): Promise<Error> => {
  try {
    await run();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('there was no error');
};
const framesOf = ({ stack = '' }: Error): string[] => stack.split('\n').filter((line) => /^ +at /.test(line));

test.each<[string, () => unknown]>([
  ['new HTTPClient', () => new HTTPClient(WRONG)],
  ['a subclass', () => new Users(WRONG)],
  ['createClient', () => index.createClient(WRONG)],
  ['tokenService', () => index.tokenService(WRONG)],
  ['onBehalfOf', () => index.onBehalfOf(WRONG)],
  ['signedJwt', () => index.signedJwt(WRONG)],
  ['verifyToken', () => index.verifyToken(WRONG)],
  ['perHost', () => index.perHost(5 as never)],
  ['fileToken', () => index.fileToken(5 as never)],
  ['contextFrom', () => index.contextFrom({}, WRONG)],
  ['undici', () => undici['undici']?.({ dispatcher: 5 })],
  ['express', () => express['upstreamErrors']?.(WRONG)],
  ['nestjs', () => nestjs['HTTPClientModule']?.['forFeature']?.(5)],
  ['nestjs, a class', () => new UpstreamExceptionFilter(WRONG)],
  ['testing', () => mockClient([], WRONG)],
  ['testing, a class', () => new MockClient([], WRONG)],
  ['testing, a call', () => mockClient([]).request('GET', 'http://users', { adapter: 'http' })],
  ['a call', () => new HTTPClient({ token: null }).post('http://users', WRONG)],
  ['a call for JSON', () => new HTTPClient({ token: null }).postJson('http://users', WRONG)],
  ['a schema', () => new HTTPClient({ token: null }).getJson('http://users', { schema: WRONG })],
  ['a method of a subclass', () => new Users({ token: null }).load()],
  ['use', () => new HTTPClient({ token: null }).use(WRONG)],
  ['a lost method', () => (new HTTPClient({ token: null }).get as unknown as () => unknown).call(undefined)],
  [
    'close',
    () => {
      new HTTPClient({ token: null }).close.call(undefined);
    },
  ],
  ['an absent member', () => (HTTPClient as unknown as { create: unknown }).create],
  ['a default import', () => (index as unknown as () => unknown)()],
])('%s: the stack of an error about arguments starts at the caller', async (_, run) => {
  const error = await errorOf(run);

  expect(error).toBeInstanceOf(TypeError);
  expect(error.stack).toContain(error.message);
  expect(framesOf(error)[0]).toContain('blame-caller.test.ts');
});

describe('the stack stays as it is', () => {
  const raise = (): never => {
    throw new TypeError('a mistake of the application');
  };

  test('of what a getter or a function of the application throws', async () => {
    const options = {
      get timeout(): number {
        return raise();
      },
    };

    for (const run of [
      () => new HTTPClient(options),
      () => index.createClient(options),
      () => blameCaller([], raise),
    ]) {
      expect(framesOf(await errorOf(run))[0]).toContain('raise');
    }
  });

  test('of the exception of a call, and of anything that is not an error', () => {
    const exception = new index.RequestException({ code: 'CANCELLED', message: '', retryable: false, sent: 'no' });
    const { stack } = exception;

    expect(startAtCaller(exception, methodsOf(exception)).stack).toBe(stack);
    expect(startAtCaller('text', [])).toBe('text');
  });

  test.each([
    ['fails', raise],
    ['makes a list', (): unknown => []],
  ])('where `Error.prepareStackTrace` %s', async (_, prepare) => {
    const before = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
    try {
      Error.prepareStackTrace = prepare;
      const error = await errorOf(() => new HTTPClient(WRONG));
      expect(error.message).toMatch('Unknown option `wrong`');
    } finally {
      if (before) Object.defineProperty(Error, 'prepareStackTrace', before);
      else Reflect.deleteProperty(Error, 'prepareStackTrace');
    }
  });
});

test('the caller is the innermost one, where a call is made within another', async () => {
  const client = new HTTPClient({ token: null });
  const nested = async (): Promise<unknown> => client.post('http://users', WRONG);
  const entries = [...methodsOf(HTTPClient.prototype), outer];
  function outer<T>(run: () => T): T {
    return run();
  }

  const error = await outer(() => errorOf(nested));

  expect(entries).toContain(outer);
  expect(framesOf(error)[0]).toContain('nested');
});
