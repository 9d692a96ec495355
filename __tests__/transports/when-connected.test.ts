import { once } from 'node:events';
import net from 'node:net';
import { whenConnected } from '../../src/transports/when-connected';

test('a socket that connects calls back when it is connected, and one that is connected at once', async () => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = net.connect((server.address() as net.AddressInfo).port, '127.0.0.1');
  const seen: string[] = [];

  whenConnected(socket, () => seen.push('later'));
  expect(seen).toEqual([]);
  await once(socket, 'connect');
  whenConnected(socket, () => seen.push('at once'));

  expect(seen).toEqual(['later', 'at once']);
  socket.destroy();
  server.close();
});

test.each([
  ['TLS is not ready', { connecting: false, secureConnecting: true, destroyed: false, encrypted: true }],
  ['it failed at once', { connecting: false, destroyed: true, encrypted: true }],
])('a socket is not connected while %s', (_, state) => {
  const callback = jest.fn();
  const listened: string[] = [];

  whenConnected({ ...state, once: (event: string) => listened.push(event) } as never, callback);

  expect(callback).not.toHaveBeenCalled();
  expect(listened).toEqual(['secureConnect']);
});
