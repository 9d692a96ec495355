import { setImmediate as connectionIsFree, setTimeout as sleep } from 'node:timers/promises';
import { Agent } from 'undici';
import { HTTPClient } from '../../src/index';
import { undici } from '../../src/transports/undici';
import { rawService } from '../support/raw-service';
import { service } from '../support/service';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

test('clients that share a transport share its connections, unless one sets their limits', async () => {
  const api = await rawService((socket) => socket.write(OK));
  const transport = undici();

  for (let client = 0; client < 2; client++) {
    await new HTTPClient({ transport }).get(api.url);
    // undici uses a connection again one turn of the event loop later, and opens another one until then.
    await connectionIsFree();
  }
  const shared = api.sockets.size;
  const limited = new HTTPClient({ transport, connections: { maxIdle: 1 } });
  await limited.get(api.url);

  expect([shared, api.sockets.size]).toEqual([1, 2]);
  limited.close();
  transport.close();
});

test('a client keeps its connections when another one that shares its transport is closed', async () => {
  const api = await service();
  const transport = undici();
  const [client, other] = [new HTTPClient({ transport }), new HTTPClient({ transport })];
  await other.get(api.url);
  other.close();
  await other.get(api.url);
  while ((await api.connections()) > 0) await connectionIsFree();

  for (let call = 0; call < 2; call++) {
    await client.get(api.url);
    await connectionIsFree();
  }

  expect(api.requests.slice(2).map(({ headers }) => headers.connection)).toEqual(['keep-alive', 'keep-alive']);
  expect(await api.connections()).toBe(1);
  client.close();
});

test('the connections of a dispatcher of the caller keep its limits', async () => {
  const api = await rawService((socket) => socket.write(OK));
  const dispatcher = new Agent();
  const client = new HTTPClient({ transport: undici({ dispatcher }), connections: { maxIdle: 0.01, maxAge: 0 } });

  await client.get(api.url);
  await sleep(30);

  expect(api.sockets.size).toBe(1);
  await dispatcher.close();
});
