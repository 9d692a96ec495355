import { addCaller } from '../../src/stack/add-caller';

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
