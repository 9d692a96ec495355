import { captureDeepStack, stackOf } from './deep-stack';

/**
 * Adds the frames of the functions that await the call, as axios does: the stack of a socket error does not contain them.
 *
 * @param above the function that calls this one
 */
export function addCaller(error: unknown, above: (...given: never[]) => unknown): void {
  if (!(error instanceof Error)) return;
  try {
    const here = {};
    const limit = captureDeepStack(here, above);
    const callers = asyncFrames(stackOf(here));
    // Read once, because an exception puts its stack together when it is read.
    const { stack } = error;
    if (limit > 0 && stack?.endsWith(callers) === false) error.stack = stack + callers;
  } catch {
    // A stack may be frozen or not a string; the error itself matters more.
  }
}

/** The frame before those of functions that await: where Jest formats stacks, they do not say that they are `async`. */
const CALLERS = /\n {4}at async |(?<=processTicksAndRejections \(.*)\n/;

function asyncFrames(stack: string): string {
  const start = stack.search(CALLERS);
  return start < 0 ? '' : stack.slice(start);
}
