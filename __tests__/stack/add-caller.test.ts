import { HTTPClient } from '../../src/index';
import { addCaller } from '../../src/stack/add-caller';
import { service } from '../support/service';

const CAPTURED = 'Error\n    at fail (/app/client.js:1:2)\n    at async load (/app/users.js:3:4)';
const prepare = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');

beforeEach(() => {
  Error.prepareStackTrace = () => CAPTURED;
});

afterEach(() => {
  if (prepare) Object.defineProperty(Error, 'prepareStackTrace', prepare);
  else Reflect.deleteProperty(Error, 'prepareStackTrace');
});

function fail(error: unknown): void {
  addCaller(error, fail);
}

test('the functions that await are added to a stack, once', () => {
  const error = new Error('x');
  error.stack = 'Error: x';

  fail(error);
  fail(error);

  expect(error.stack).toBe('Error: x\n    at async load (/app/users.js:3:4)');
});

test('where the application wants no frames, none are added', () => {
  const limit = Error.stackTraceLimit;
  const error = new Error('x');
  error.stack = 'Error: x';
  try {
    Error.stackTraceLimit = 0;
    fail(error);
  } finally {
    Error.stackTraceLimit = limit;
  }

  expect(error.stack).toBe('Error: x');
});

test('a stack that cannot be read or set is left alone', () => {
  const fixed = Object.freeze(new Error('x'));
  const odd = Object.assign(new Error('x'), { stack: 5 });

  for (const error of [fixed, odd, 'text', undefined]) {
    expect(() => {
      fail(error);
    }).not.toThrow();
  }

  expect(odd.stack).toBe(5);
});

describe('in Jest, whose frames do not say that they are async,', () => {
  beforeEach(() => {
    if (prepare) Object.defineProperty(Error, 'prepareStackTrace', prepare);
    else Reflect.deleteProperty(Error, 'prepareStackTrace');
  });

  test.each([
    ['a refused connection', null],
    ['an error status', { status: 503 }],
    ['a timeout', { delay: 500 }],
  ])('the stack of %s begins where the test awaits the call', async (_, answer) => {
    const url = answer ? (await service([answer])).url : 'http://127.0.0.1:1';
    const client = new HTTPClient({ retryAttempts: 0, timeout: 0.1 });

    const failure = await client.get(url).catch((error: unknown) => error);

    expect((failure as Error).stack?.split('\n')[1]).toMatch(/^ {4}at .*add-caller\.test\.ts/);
  });
});
