import { isDeadlineExceeded, isRequestCancelled } from '../../src/index';
import { failure } from '../support/outcome';
import { ENTRANCES, leftOver, NOTHING, watched } from '../support/origin-scene';
import { service, type Answer } from '../support/service';

const PACED = { backpressure: { rateLimit: true } };
/** The quota is used up for a minute: one request goes in each second. */
const EMPTY: Answer = { headers: { RateLimit: '"default";r=0;t=60', 'RateLimit-Policy': '"default";q=10;w=60' } };

describe.each(ENTRANCES)('while the quota of the service is used up, %s', (_, send) => {
  test('fails at once where its deadline comes before its turn, and is cancelled while it waits', async () => {
    const api = await service([EMPTY]);
    const { client, origins } = watched(PACED);
    await send(client, api.url);

    const late = await failure(send(client, api.url, { deadline: 0.5 }));
    const controller = new AbortController();
    const cancelled = failure(send(client, api.url, { signal: controller.signal }));
    while (leftOver(origins).inUse === 0) await new Promise(setImmediate);
    controller.abort();

    expect(isDeadlineExceeded(late)).toBe(true);
    expect(late.message).toMatch('the deadline of 0.5 s comes before its turn under the limits of the service');
    expect(late.elapsed).toBeLessThan(0.4);
    expect(isRequestCancelled(await cancelled)).toBe(true);
    expect(api.requests).toHaveLength(1);
    expect(leftOver(origins)).toEqual(NOTHING);
  });

  test('goes at once where it has other credentials', async () => {
    const api = await service([EMPTY, {}]);
    const { client } = watched(PACED);
    await send(client, api.url);

    await expect(send(client, api.url, { token: 'other', deadline: 0.5 })).resolves.toMatchObject({ status: 200 });
  });
});

test.each([
  ['bare tokens', { 'RateLimit-Limit': '10', 'RateLimit-Remaining': '0', 'RateLimit-Reset': '60' }],
  ['an error', undefined],
])('limits are heard from %s', async (_, headers) => {
  const api = await service([headers ? { headers } : { ...EMPTY, status: 404 }]);
  const { client } = watched(PACED);
  await client.get(api.url).catch(() => undefined);

  expect(isDeadlineExceeded(await failure(client.get(api.url, { deadline: 0.5 })))).toBe(true);
});

test.each([
  ['malformed', { RateLimit: '"default;r=;t' }],
  ['far from used up', { RateLimit: '"default";r=9;t=60', 'RateLimit-Policy': '"default";q=10;w=60' }],
])('nobody waits where the headers are %s', async (_, headers) => {
  const api = await service([{ headers }]);
  const { client } = watched(PACED);
  await client.get(api.url);

  await expect(client.get(api.url, { deadline: 0.9 })).resolves.toMatchObject({ status: 200 });
});

test('it is off by default', async () => {
  const api = await service([EMPTY]);
  const { client, origins } = watched();
  await client.get(api.url);

  await client.get(api.url, { deadline: 0.9 });

  expect([...origins.values()][0]?.pacing).toBeUndefined();
});

test('the limits of another origin that a redirect leads to are not those of the first', async () => {
  const other = await service([EMPTY]);
  const api = await service([{ status: 302, headers: { Location: other.url } }, {}]);
  const { client } = watched(PACED);
  await client.get(api.url);

  await expect(client.get(api.url, { deadline: 0.9 })).resolves.toMatchObject({ status: 200 });
});
