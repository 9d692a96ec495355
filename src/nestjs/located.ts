/** Runs `step`, and adds to what it reports of an option where that stands, such as the name of a client. */
export function located<T>(where: string, step: () => T): T {
  try {
    return step();
  } catch (cause) {
    if (!(cause instanceof TypeError || cause instanceof RangeError)) throw cause;
    const { message } = cause;
    const Type = cause instanceof TypeError ? TypeError : RangeError;
    throw new Type(`${where}: ${message.charAt(0).toLowerCase()}${message.slice(1)}`, { cause });
  }
}
