import { HTTPClient } from '../../src/index';
import { backgroundTimer } from '../../src/util/background-timer';
import { service } from '../support/service';

const setTimer = setTimeout;

const numbered = ((...args: Parameters<typeof setTimer>) => Number(setTimer(...args))) as unknown as typeof setTimer;

afterEach(() => {
  globalThis.setTimeout = setTimer;
});

test('runs, and does not keep the process alive', async () => {
  await new Promise<void>((resolve) => {
    expect(backgroundTimer(resolve, 5).hasRef()).toBe(false);
  });
});

test('a client works where a timer is a number, as in the jsdom environment of Jest', async () => {
  const api = await service(() => ({ json: { id: 1 } }));
  globalThis.setTimeout = numbered;
  const client = new HTTPClient({ timeout: 0.2 });

  const bodies = [await client.getJson(api.url), await client.getJson(api.url)];
  client.close();

  expect(bodies).toEqual([{ id: 1 }, { id: 1 }]);
});
