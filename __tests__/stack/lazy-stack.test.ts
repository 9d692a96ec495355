import { LazyStack } from '../../src/stack/lazy-stack';

class Made {
  readonly stack = new LazyStack(Made);
}

const STACK = 'Error: x\n    at load (/app/users.js:1:2)';

test('the frames begin where the exception is created', () => {
  expect(new Made().stack.frames[0]).toContain('lazy-stack.test.ts');
});

test('appended frames take the place of those before, if one is the caller', () => {
  const { stack } = new Made();

  stack.write(`${STACK}\n    at async load (/app/a.js:1:2)`, STACK);
  stack.write(`${STACK}\n    at async load (/app/b.js:1:2)`, STACK);
  stack.write(`${STACK}\n    at async node:internal:1:2`, STACK);

  expect(stack.frames).toContain('    at async load (/app/b.js:1:2)');
  expect(stack.frames.join()).not.toMatch('a.js');
  expect(stack.replacement).toBeUndefined();
});

test.each(['another text', `${STACK}\ncaused by: y`, undefined])('%j replaces the stack', (value) => {
  const { stack } = new Made();

  stack.write(value, STACK);

  expect(stack.replacement).toEqual({ value });
});

test('what is appended to a replacement belongs to it', () => {
  const { stack } = new Made();

  stack.write('mine', STACK);
  stack.write('mine\n    at load (/app/a.js:1:2)', 'mine');

  expect(stack.replacement).toEqual({ value: 'mine\n    at load (/app/a.js:1:2)' });
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
  const { stack } = new Made();
  const before = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  try {
    Error.prepareStackTrace = prepare;
    expect(stack.frames).toEqual([]);
  } finally {
    if (before) Object.defineProperty(Error, 'prepareStackTrace', before);
    else Reflect.deleteProperty(Error, 'prepareStackTrace');
  }
});
