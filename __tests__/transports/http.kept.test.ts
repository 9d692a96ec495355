import { HTTPClient } from '../../src/index';
import { collect } from '../support/collect';
import { testOfLeanCore } from '../support/lean-only';
import { service } from '../support/service';

interface User {
  readonly id: number;
}

// axios's adapter does.
testOfLeanCore('a request that somebody keeps does not keep the body of its response', async () => {
  const api = await service(() => ({ json: { id: 1 } }));
  const client = new HTTPClient();
  const bodies: WeakRef<User>[] = [];
  const get = async (): Promise<unknown> => {
    const response = await client.axios.get<User>(api.url);
    bodies.push(new WeakRef(response.data));
    return response.request as unknown;
  };

  const kept = [await get(), await get(), await get()];
  await get();
  for (let turn = 0; turn < 10; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }

  expect(bodies.slice(0, kept.length).map((body) => body.deref())).toEqual([undefined, undefined, undefined]);
});
