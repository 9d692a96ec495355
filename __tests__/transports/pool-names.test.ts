import http from 'node:http';
import https from 'node:https';
import { rememberNames } from '../../src/transports/pool-names';

const places = [
  {},
  { host: 'a' },
  { host: 'a', port: 80 },
  { host: 'a', port: '80' },
  { host: 'a', port: 81 },
  { host: 'b', port: 80 },
  { host: '::1', port: 80 },
  { host: 'a', port: 80, family: 4 },
  { host: 'a', port: 80, family: 6 },
  { host: 'a', port: 80, localAddress: '127.0.0.1' },
  { host: 'a', port: 80, socketPath: '/a.sock' },
  { host: 'a', port: 80, servername: 'a' },
  { host: 'a', port: 80, servername: '' },
];
// Each place after each other one, so that none is told the name of another.
const visits = places.flatMap((one) => places.flatMap((other) => [one, other]));

test.each([
  ['http', http.Agent],
  ['https', https.Agent],
])('an agent for %s has the names that Node gives', (_, Agent) => {
  const agent = rememberNames(new Agent({ keepAlive: true }));
  const plain = new Agent({ keepAlive: true });

  for (const place of visits) expect(agent.getName(place)).toBe(plain.getName(place));
  expect(agent.getName()).toBe(plain.getName());
});

test('a name is worked out once', () => {
  const agent = new https.Agent();
  const nameOf = jest.spyOn(agent, 'getName');
  rememberNames(agent);

  for (let visit = 0; visit < 10; visit++) agent.getName({ host: 'a', port: 443 });

  expect(nameOf).toHaveBeenCalledTimes(1);
});

test('a service that calls ever new hosts does not keep all of them', () => {
  const agent = new http.Agent();
  const nameOf = jest.spyOn(agent, 'getName');
  rememberNames(agent);

  for (let host = 0; host < 1001; host++) agent.getName({ host: `host-${host}` });
  agent.getName({ host: 'host-0' });

  expect(nameOf).toHaveBeenCalledTimes(1002);
});
