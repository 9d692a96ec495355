import { HTTPClient } from '../../src/index';
import { undici } from '../../src/transports/undici';
import { service } from '../support/service';

afterEach(() => {
  jest.useRealTimers();
});

test('connections are used again with fake timers, if setImmediate is real', async () => {
  jest.useFakeTimers({ doNotFake: ['setImmediate'] });
  const api = await service(() => ({ status: 200 }));
  const client = new HTTPClient({ transport: undici(), token: null });

  for (let call = 1; call <= 4; call++) {
    expect((await client.get(api.url)).status).toBe(200);
    jest.advanceTimersByTime(1);
  }
  client.close();
});
