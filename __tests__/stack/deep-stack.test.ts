import { captureDeepStack, stackOf } from '../../src/stack/deep-stack';

interface Holder {
  readonly stack?: string;
}

function nest(depth: number, run: () => void): void {
  if (depth === 0) run();
  else nest(depth - 1, run);
}

/** What is captured 20 functions below `top`, while the application has set `limit`. */
function capture(limit: unknown): { readonly frames: number; readonly wanted: number; readonly after: unknown } {
  const before = Error.stackTraceLimit;
  const holder: Holder = {};
  let wanted = -1;
  try {
    Error.stackTraceLimit = limit as number;
    nest(20, () => {
      wanted = captureDeepStack(holder, nest);
    });
    return { frames: stackOf(holder).split('\n    at ').length - 1, wanted, after: Error.stackTraceLimit };
  } finally {
    Error.stackTraceLimit = before;
  }
}

test.each([1, 2, 10, Infinity])('with a limit of %d, more frames are captured, and the limit is restored', (limit) => {
  const { frames, wanted, after } = capture(limit);

  expect(frames).toBeGreaterThan(20);
  expect([wanted, after]).toEqual([limit, limit]);
});

test.each([0, -1, NaN, undefined, 'ten'])('with a limit of %p, nothing is captured', (limit) => {
  expect(capture(limit)).toEqual({ frames: 0, wanted: 0, after: limit });
});

test('where `Error` is frozen, its limit applies', () => {
  const descriptor = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit');
  try {
    Object.defineProperty(Error, 'stackTraceLimit', { value: 5, writable: false });
    const holder: Holder = {};

    expect(captureDeepStack(holder, capture)).toBe(5);
    expect(Error.stackTraceLimit).toBe(5);
  } finally {
    Object.defineProperty(Error, 'stackTraceLimit', descriptor ?? {});
  }
});

test.each([
  ['fails', { get stack(): string { throw new Error('a mistake of the application'); } }],
  ['is no text', { stack: [] }],
  ['is not there', {}],
])('a stack that %s is empty', (_, holder) => {
  expect(stackOf(holder)).toBe('');
}); // prettier-ignore
