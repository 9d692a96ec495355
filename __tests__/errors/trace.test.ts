import { Trace } from '../../src/errors/trace';

class Made {
  readonly trace = new Trace(Made);
}

const STACK = 'Error: x\n    at load (/app/users.js:1:2)';

test('the frames begin where the exception is created', () => {
  expect(new Made().trace.frames[0]).toContain('trace.test.ts');
});

test('appended frames take the place of those before, if one is the caller', () => {
  const { trace } = new Made();

  trace.write(`${STACK}\n    at async load (/app/a.js:1:2)`, STACK);
  trace.write(`${STACK}\n    at async load (/app/b.js:1:2)`, STACK);
  trace.write(`${STACK}\n    at async node:internal:1:2`, STACK);

  expect(trace.frames).toContain('    at async load (/app/b.js:1:2)');
  expect(trace.frames.join()).not.toMatch('a.js');
  expect(trace.replacement).toBeUndefined();
});

test.each(['another text', `${STACK}\ncaused by: y`, undefined])('%j replaces the stack', (value) => {
  const { trace } = new Made();

  trace.write(value, STACK);

  expect(trace.replacement).toEqual({ value });
});

test('what is appended to a replacement belongs to it', () => {
  const { trace } = new Made();

  trace.write('mine', STACK);
  trace.write('mine\n    at load (/app/a.js:1:2)', 'mine');

  expect(trace.replacement).toEqual({ value: 'mine\n    at load (/app/a.js:1:2)' });
});

test.each<[string, (error: Error, sites: NodeJS.CallSite[]) => unknown]>([
  [
    'fails',
    () => {
      throw new Error('a mistake of the application');
    },
  ],
  ['makes a list', (_, sites) => sites],
])('where `Error.prepareStackTrace` %s, there are no frames', (_, prepare) => {
  const { trace } = new Made();
  const before = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  try {
    Error.prepareStackTrace = prepare;
    expect(trace.frames).toEqual([]);
  } finally {
    if (before) Object.defineProperty(Error, 'prepareStackTrace', before);
    else Reflect.deleteProperty(Error, 'prepareStackTrace');
  }
});
