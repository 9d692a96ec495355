import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { mayLeaveBody } from '../transports/transport';
import { whenConnected } from '../transports/when-connected';

/** What axios does not report about the request that its adapter sends. */
export class NativeRequest {
  isConnected: boolean;
  /** Why the response is not complete. */
  broken: Error | undefined;

  /** @param onError called for failures that axios does not notice: it would wait for ever */
  constructor(
    private readonly request: ClientRequest,
    onError: (error: Error) => void,
  ) {
    let received: IncomingMessage | undefined;
    request.on('error', (error) => {
      // Nothing of a complete response is missing: what broke the connection came after it.
      if (!received?.complete) this.broken = error;
    });
    // When a response switches protocols, Node hands over the socket and emits no further events.
    request.on('upgrade', (_: IncomingMessage, socket: Socket) => {
      socket.destroy();
      onError(Object.assign(new Error('the server switched protocols'), { code: 'HPE_UPGRADE' }));
    });
    request.once('response', (response: IncomingMessage) => {
      received = response;
      const { statusCode, headers } = response;
      if (mayLeaveBody(request.method, Number(statusCode), headers)) request.shouldKeepAlive = false;
    });
    this.isConnected = request.reusedSocket;
    request.once('socket', (socket: Socket) => {
      whenConnected(socket, () => (this.isConnected = true));
    });
  }

  /** Ends a request that is not sent yet; what was sent of it must not look whole. */
  giveUp(): void {
    if (!this.request.writableFinished) this.request.destroy();
  }
}
