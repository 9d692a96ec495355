import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { requestDone, requestEnd } from '../events/channels';
import type { Stopwatch } from '../events/stopwatch';
import { isWhole } from './body-source';
import type { WireRequest } from './transport';

/** Only undici's older handlers learn when a request is written, so its body is observed instead. */
export function watchBody(watch: Stopwatch, body: unknown): void {
  if (!watch.isTiming) return;
  watch.begin('queued');
  if (body instanceof Readable) body.once('end', () => watch.begin('wait'));
}

/** Measures how long it takes to write a request that undici starts now: it writes the head, and a whole body, within this tick. */
export function watchWriting(watch: Stopwatch, body: WireRequest['body'], socket: () => Socket | undefined): void {
  if (!watch.isTiming) return;
  watch.begin('sent');
  if (body !== undefined && !isWhole(body)) return;
  queueMicrotask(() => {
    const isWritten = (): void => void watch.begin('wait');
    const writing = socket();
    // Of HTTP/2, only the session knows how much is written.
    if (writing?.writableNeedDrain) writing.once('drain', isWritten);
    else isWritten();
  });
}

/** Describes the connection that carries a request. */
export function describePeer(watch: Stopwatch, socket: Socket, reused: boolean): void {
  watch.peer = { reused, address: socket.remoteAddress, port: socket.remotePort };
  if ((socket as { readonly alpnProtocol?: unknown }).alpnProtocol === 'h2') watch.protocol = '2';
}

/** A request that a dispatcher of the caller starts in this tick. */
interface Starting {
  readonly watch: Stopwatch;
  /** Whether it is the first on its connection, if that is known. */
  readonly isFirst: boolean | undefined;
  socket?: Socket;
}

const SEND_HEADERS = 'undici:client:sendHeaders';
let starting: Starting | undefined;
let isSubscribed = false;

/**
 * Finds the connection of a request over a dispatcher of the caller: in the same tick, undici publishes the socket on which it
 * writes the head.
 *
 * @returns the socket, once it is known
 */
export function watchGiven(watch: Stopwatch, isFirst: boolean | undefined): () => Socket | undefined {
  if (!isSubscribed) subscribe(SEND_HEADERS, onSendHeaders);
  isSubscribed = true;
  const request: Starting = (starting = { watch, isFirst });
  queueMicrotask(() => {
    // A mock publishes nothing.
    if (starting === request) starting = undefined;
  });
  return () => request.socket;
}

function onSendHeaders(message: unknown): void {
  if (starting) {
    const { socket } = message as { readonly socket: Socket };
    // Of HTTP/2, bytes have been read before the first request.
    describePeer(starting.watch, socket, starting.isFirst === undefined ? socket.bytesRead > 0 : !starting.isFirst);
    starting.socket = socket;
    starting = undefined;
  }
  // It is published for each request of the process.
  if (requestEnd.hasSubscribers || requestDone.hasSubscribers) return;
  unsubscribe(SEND_HEADERS, onSendHeaders);
  isSubscribed = false;
}
