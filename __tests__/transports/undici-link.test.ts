import { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { Stopwatch } from '../../src/events/stopwatch';
import { Link } from '../../src/transports/undici-link';

type Callback = buildConnector.Callback;

interface Scene {
  readonly link: Link;
  readonly socket: Socket;
  readonly open: Set<Link>;
  readonly connected: () => void;
  readonly failed: (error: Error) => void;
}

/** A link whose connection is made by hand. */
function scene(maxAge = Infinity): Scene {
  const open = new Set<Link>();
  const socket = new Socket().on('error', () => undefined);
  let callback: Callback = () => undefined;
  const connector = (_: unknown, done: Callback): Socket => {
    callback = done;
    return socket;
  };
  const link = new Link('http://a', { connector, maxIdle: 4000, maxAge, open });
  link.connect({ hostname: 'a' } as never, () => undefined);
  const connected = (): void => {
    callback(null, socket);
  };
  const failed = (error: Error): void => {
    callback(error, null);
  };
  return { link, socket, open, connected, failed };
}

test('a link is open until its connection closes', () => {
  const { connected, open, link } = scene();
  connected();
  expect([...open]).toEqual([link]);

  link.closed();

  expect(open.size).toBe(0);
});

test('a link whose connection fails is not open', () => {
  const { failed, open } = scene();

  failed(new Error('refused'));

  expect(open.size).toBe(0);
});

test.each([
  ['one request waits', 1, false, true],
  ['two requests wait', 2, false, false],
  ['it is connected', 1, true, false],
])('a request that is given up closes the connection if %s: %i, %s', (_, requests, isConnected, isClosed) => {
  const { link, socket, connected } = scene();
  link.requests = requests;
  if (isConnected) connected();

  link.abandon(new Error('given up'));

  expect(socket.destroyed).toBe(isClosed);
});

test.each([
  [1, 0, true],
  [2, 0, false],
  [1, 60_000, false],
])(
  'of %i requests and with a maxAge of %i ms, the end of one closes the connection: %s',
  (requests, maxAge, isClosed) => {
    const { link, socket, connected } = scene(maxAge);
    connected();
    link.requests = requests;

    link.ended(true);

    expect(socket.destroyed).toBe(isClosed);
  },
);

test('only an idle connection is closed', () => {
  const { link, socket } = scene();
  link.requests = 1;
  link.closeIfIdle();
  expect(socket.destroyed).toBe(false);

  link.requests = 0;
  link.closeIfIdle();
  expect(socket.destroyed).toBe(true);
});

test('a request that starts learns which connection carries it', () => {
  const { link, connected } = scene();
  connected();
  const [first, second] = [new Stopwatch(), new Stopwatch()];

  link.carry(first);
  link.responses++;
  link.carry(second);

  expect([first.peer?.reused, second.peer?.reused]).toEqual([false, true]);
});

test('a connection of HTTP/2 that was open before carries several requests at once', () => {
  const { link, connected } = scene();
  const before = new Stopwatch();
  connected();
  link.interim = undefined;
  const after = new Stopwatch();

  link.carry(before);
  link.carry(after);

  expect([before.peer?.reused, after.peer?.reused]).toEqual([false, true]);
});
