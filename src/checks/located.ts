/** Runs `step`, and adds to what it reports of an option where that stands, such as the name of a client. */
export function located<T>(where: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) prefix(error, where);
    throw error;
  }
}

function prefix(error: Error, where: string): void {
  const { message, stack = '' } = error;
  // A client that has a name of its own has said so.
  if (message.startsWith(`${where}: `)) return;
  error.message = `${where}: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
  // The stack has a copy of the message.
  error.stack = stack.replace(message, () => error.message);
}
