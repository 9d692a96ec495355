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

function asyncFrames(stack: string): string {
  const start = stack.indexOf('\n    at async ');
  return start < 0 ? '' : stack.slice(start);
}
