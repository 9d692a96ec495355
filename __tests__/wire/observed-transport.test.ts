import { HTTPClient, type Transport } from '../../src/index';
import { EventLog } from '../support/event-log';

const ignore = (): void => undefined;

function transport(dispatch: Transport['dispatch']): Transport {
  return { name: 'test', proxies: true, dispatch, close: () => undefined };
}

test('a transport that throws at once ends its request', async () => {
  const log = new EventLog();
  const client = new HTTPClient({
    retryAttempts: 0,
    transport: transport(() => {
      throw Object.assign(new Error('no'), { code: 'ECONNREFUSED' });
    }),
  });

  await client.get('http://a.test/').catch(() => undefined);

  expect(log.story).toEqual([
    ...['call', 'attempt 1', 'request 0', 'request end CONNECTION_REFUSED'],
    ...['attempt end CONNECTION_REFUSED fail retries-disabled', 'call end CONNECTION_REFUSED'],
  ]);
  expect(log.entries[2]?.request?.transport).toBe('test');
});

test('it gets the request as it is, with something to note its steps on', async () => {
  const watched: boolean[] = [];
  const client = new HTTPClient({
    transport: transport((request, events) => {
      watched.push(request.watch !== undefined);
      const exchange = { phase: 'body', request: {}, pause: ignore, resume: ignore, destroy: ignore } as const;
      queueMicrotask(() => {
        events.head({ status: 200, statusText: '', headers: {}, request: {} }, exchange);
        events.end();
      });
      return exchange;
    }),
  });

  await client.get('http://a.test/');
  const log = new EventLog();
  await client.get('http://a.test/');

  expect(watched).toEqual([false, true]);
  expect(log.story.at(-1)).toBe('call end 200');
});
