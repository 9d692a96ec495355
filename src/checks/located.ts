/** Errors that say where their option stands. */
const done = new WeakSet<Error>();

/**
 * Runs `step`, and adds to what it reports of an option where that stands, such as the name of a client. Of steps within
 * steps, the innermost knows best: a client has a name of its own.
 */
export function located<T>(where: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) prefix(error, where);
    throw error;
  }
}

function prefix(error: Error, where: string): void {
  if (done.has(error)) return;
  done.add(error);
  const { message, stack = '' } = error;
  error.message = `${where}: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
  // The stack has a copy of the message.
  error.stack = stack.replace(message, () => error.message);
}
