import { brokeEarly, cutOff, type KeptSocket } from './transport';

/**
 * Whether a connection failed because the server had closed it while it was idle.
 *
 * @param isFirst whether the request was the first on it
 * @param startedAt when the request started, on the monotonic clock
 */
export function isStale(
  error: Error,
  isFirst: boolean | undefined,
  startedAt: number,
  socket: KeptSocket = {},
): boolean {
  if (!brokeEarly(error, startedAt, socket)) return false;
  return isFirst === undefined ? hasReadBytes(error) : !isFirst;
}

/** Whether the connection carried earlier responses. undici adds `socket` to the error when the server closed. */
function hasReadBytes(error: Error): boolean {
  const { socket } = error as Error & { readonly socket?: { readonly bytesRead?: number } };
  return (socket?.bytesRead ?? 0) > 0;
}

/** undici's reason for a response that the connection cut off, if a `Connection: close` announced that it ends after it. */
const CUT_OFF = '(Invalid EOF state)';

/** undici gives this code to whatever its parser rejects once it has read a Content-Length, even within the head. */
export function explain(error: NodeJS.ErrnoException, hasHead: boolean): Error {
  if (error.name === 'HTTPParserError' && error.message.endsWith(CUT_OFF)) return cutOff();
  if (hasHead || error.code !== 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') return error;
  return Object.assign(new Error('the response is not valid HTTP', { cause: error }), { code: 'HPE_INVALID_RESPONSE' });
}
