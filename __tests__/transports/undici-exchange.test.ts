import { setImmediate as connectionIsFree } from 'node:timers/promises';
import { HTTPClient } from '../../src/index';
import { undici } from '../../src/transports/undici';
import { rawService } from '../support/raw-service';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

test('response.request says whether the connection was reused', async () => {
  const api = await rawService((socket) => socket.write(OK));
  const client = new HTTPClient({ transport: undici() });

  const reused: unknown[] = [];
  for (let call = 0; call < 2; call++) {
    const response: { readonly request?: unknown } = await client.axios.get(api.url);
    reused.push((response.request as { readonly reusedSocket: boolean }).reusedSocket);
    // undici uses a connection again one turn of the event loop later, and opens another one until then.
    await connectionIsFree();
  }

  expect(reused).toEqual([false, true]);
  client.close();
});
