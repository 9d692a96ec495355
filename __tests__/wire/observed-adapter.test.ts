import { HTTPClient, observe } from '../../src/index';
import { EventLog } from '../support/event-log';
import { service } from '../support/service';

test('the config of an adapter has a copy of the headers while it is observed, and its own afterwards', async () => {
  const api = await service();
  const seen: unknown[] = [];
  const client = new HTTPClient({
    adapter: (config) => {
      seen.push(config.headers.get('x-span'));
      return Promise.resolve({ status: 200, statusText: '', headers: {}, config, data: config.headers });
    },
  });
  const stop = observe({ requestStart: ({ request }) => { request.setHeader('X-Span', '1'); } }); // prettier-ignore

  const { config } = await client.get(api.url);
  stop();
  await client.get(api.url);

  expect(seen).toEqual(['1', undefined]);
  expect(config.headers).not.toHaveProperty('X-Span');
});

test('an adapter that lost is over before its call', async () => {
  const log = new EventLog();
  let count = 0;
  const client = new HTTPClient({
    hedging: { delay: 0.001 },
    adapter: (config) => {
      if (count++ === 0) return new Promise(() => undefined);
      return Promise.resolve({ status: 200, statusText: '', headers: {}, config, data: '' });
    },
  });

  await client.get('http://a.test/');

  expect(log.story.slice(-3)).toEqual(['request end CANCELLED', 'attempt end lost', 'call end 200']);
});
