import type { Agent } from 'node:http';
import type { Socket } from 'node:net';
import { connectionsOfAgents, connectionsOfLinks } from '../../src/transports/list-connections';
import type { Link } from '../../src/transports/undici-link';

const OPEN = { connecting: false, destroyed: false } as Socket;
const CONNECTING = { connecting: true, destroyed: false } as Socket;
const DESTROYED = { connecting: false, destroyed: true } as Socket;

function agentWith(name: string, sockets: Socket[], freeSockets: Socket[] = []): Agent {
  return { sockets: { [name]: sockets }, freeSockets: { [name]: freeSockets } } as never;
}

test('sockets of an agent are active or idle', () => {
  const agent = agentWith('users:8000:', [OPEN, OPEN, CONNECTING], [OPEN, DESTROYED]);

  expect([...connectionsOfAgents([agent])]).toEqual([
    { address: 'users', port: 8000, active: 2, idle: 0 },
    { address: 'users', port: 8000, active: 0, idle: 1 },
  ]);
});

test.each([
  ['users:8000::4', 'users', 8000],
  ['users.example:443::::::::users.example:::::::::::', 'users.example', 443],
  ['::1:8000:', '::1', 8000],
  ['::2:3:4:5:6:7:8:8000:', '::2:3:4:5:6:7:8', 8000],
  ['2001:10::1:8000::6', '2001:10::1', 8000],
  ['fe80:3000::6', 'fe80', 3000],
])('the server of %s is %s at %i', (name, address, port) => {
  const [active] = connectionsOfAgents([agentWith(name, [OPEN])]);

  expect(active).toEqual({ address, port, active: 1, idle: 0 });
});

test('a name without a port, such as that of a socket file, is left out', () => {
  expect([...connectionsOfAgents([agentWith('localhost:::/run/users.sock', [OPEN])])]).toEqual([]);
});

test.each([
  ['http://users', 1, { address: 'users', port: 80, active: 1, idle: 0 }],
  ['https://users', 0, { address: 'users', port: 443, active: 0, idle: 1 }],
  ['http://[::1]:8000', 0, { address: '::1', port: 8000, active: 0, idle: 1 }],
])('a link to %s with %i requests counts once', (origin, requests, expected) => {
  const link = { origin, requests, isConnected: true } as Link;

  expect([...connectionsOfLinks([link])]).toEqual([expected]);
});

test('a link whose connection is not open yet does not count', () => {
  expect([...connectionsOfLinks([{ origin: 'http://users', requests: 1, isConnected: false } as Link])]).toEqual([]);
});
