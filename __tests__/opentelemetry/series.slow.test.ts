import { HTTPClient, type Transport } from '../../src/index';
import { collectMetrics } from '../support/collected-metrics';

const COUNT = 10_000;

const ignore = (): void => undefined;

/** Responds at once: to every tenth request with a 404. */
function instant(): Transport {
  let sent = 0;
  return {
    name: 'http',
    dispatch(_, events) {
      const exchange = { phase: 'headers', request: {}, pause: ignore, resume: ignore, destroy: ignore } as const;
      const status = ++sent % 10 === 0 ? 404 : 200;
      queueMicrotask(() => {
        events.head({ status, statusText: '', headers: {}, request: {} }, exchange);
        events.end();
      });
      return exchange;
    },
    close: ignore,
  };
}

test.each([
  ['without a template', undefined],
  ['with a template', () => '/users/{id}'],
])('10,000 paths %s are one series for each method and status', async (_, urlTemplate) => {
  const collected = collectMetrics({ urlTemplate });
  const client = new HTTPClient({ transport: instant() });

  for (let id = 0; id < COUNT; id++) {
    const url = `http://users:8000/users/${id}?secret=${id}`;
    await (id % 2 === 0 ? client.get(url) : client.delete(url)).catch(() => undefined);
  }

  // Every tenth request is an odd one.
  expect(await collected.points('http.client.request.duration')).toMatchObject([
    { attributes: { 'http.request.method': 'GET', 'http.response.status_code': 200 }, value: COUNT / 2 },
    { attributes: { 'http.request.method': 'DELETE', 'http.response.status_code': 200 }, value: COUNT * 0.4 },
    { attributes: { 'http.request.method': 'DELETE', 'http.response.status_code': 404 }, value: COUNT * 0.1 },
  ]);
  expect(await collected.points('hdms.client.call.duration')).toHaveLength(3);
  expect(await collected.points('hdms.client.refusals')).toHaveLength(1);
  client.close();
});
